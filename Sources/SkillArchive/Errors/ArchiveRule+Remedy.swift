extension ArchiveRule {
  /// What whoever packs a folder can do about it, as an imperative sentence.
  package var remedy: String {
    switch self {
    case .nameNotUTF8, .nameNotNormalized, .nameForbiddenCharacter, .nameControlCharacter, .nameSurroundingSpace,
      .nameTrailingDot, .nameReserved, .nameNUL, .nameEmpty, .nameAbsolute, .nameClimbing, .nameOwnMarker:
      "Rename it, or list it in .skillignore"
    case .nameTooLong: "Shorten the name or those of its folders, or list it in .skillignore"
    case .nameTooDeep: "Move it to fewer folders, or list it in .skillignore"
    case .duplicateName, .collidingNames, .fileAsFolder: "Rename one of the two, or list one in .skillignore"
    case .missingSkillMarkdown: "Put a SKILL.md at the root"
    case .misspelledSkillMarkdown: "Keep one main file and name it SKILL.md"
    case .skillMarkdownLimit: "Move the long parts to files in references/ and link them"
    case .fileLimit: "Make the file smaller, or list it in .skillignore"
    case .entryLimit, .compressedLimit, .deliveredLimit:
      "List in .skillignore what the skill does not need, or split the skill"
    case .ratioExceeded: "List in .skillignore the file that is nearly empty of information, or compress it yourself"
    case .linkEntry, .deviceEntry, .unknownEntry: "Put a regular file in its place, or delete it"
    default: "schemas/skill-tar.md states the rules. Pack the skill again with: agent-mesh skills pack"
    }
  }
}

import Skills

/// What agents demand of a skill beyond what we forgive: sections of the Agent Skills specification, and what single
/// agents are known to do.
package enum AgentRequirements {
  /// Why agents would ignore an installed skill, or cut it.
  ///
  /// - Parameters:
  ///   - folder: the name of its folder in the folder of skills.
  ///   - mainFile: the path of the document below that folder, such as `SKILL.md`.
  package static func issues(of document: SkillDocument, folder: String, mainFile: String) -> [AgentIssue] {
    location(folder: folder, mainFile: mainFile) + FrontMatterRequirements.issues(of: document)
      + NameRequirements.issues(of: document, folder: folder) + DescriptionRequirements.issues(of: document)
      + FieldRequirements.issues(of: document)
  }

  /// Why agents would ignore a skill whose document cannot be read.
  package static func issues(of refusal: DocumentRefusal, folder: String, mainFile: String) -> [AgentIssue] {
    let (message, remedy) = (Message(refusal.message), Message(refusal.remedy))
    let location = location(folder: folder, mainFile: mainFile)
    switch refusal.rule {
    case .fileTooLarge, .notUTF8, .nulByte:
      return location + [AgentIssue(.error, "the document cannot be read: \(message)", remedy: remedy)]
    default:
      return location + [
        AgentIssue(
          .error, for: everyone(but: ["claude-code"]), "the front matter cannot be read: \(message)", remedy: remedy),
        AgentIssue(
          .warning, for: ["claude-code"], "the text is loaded, but nothing of the front matter counts: \(message)",
          remedy: remedy),
      ]
    }
  }

  static func everyone(but exceptions: Set<String>) -> [String] {
    Agent.all.map(\.id).filter { !exceptions.contains($0) }
  }
}

extension AgentRequirements {
  /// How many folders deep Codex looks below a folder of skills.
  private static let codexDepth = 6

  private static func location(folder: String, mainFile: String) -> [AgentIssue] {
    let components = mainFile.split(separator: "/")
    let depth = folder.split(separator: "/").count + max(components.count - 1, 0)
    return spelling(String(components.last ?? "")) + self.depth(depth)
  }

  /// The name is compared letter by letter, also where the file system does not mind.
  private static func spelling(_ name: String) -> [AgentIssue] {
    guard name != "SKILL.md" else { return [] }
    return [
      AgentIssue(
        .error, "the document is '\(name, limit: 60)', and agents look for 'SKILL.md' exactly",
        remedy: "Rename it to 'SKILL.md'")
    ]
  }

  private static func depth(_ depth: Int) -> [AgentIssue] {
    guard depth > 1 else { return [] }
    let remedy: Message = "Move the folder with SKILL.md directly into the folder of skills"
    let nested = AgentIssue(
      .warning, "the document is \(depth) folders deep, and most agents look into the first one only", remedy: remedy)
    guard depth > codexDepth else { return [nested] }
    return [
      AgentIssue(.error, for: ["codex"], "the document is more than \(codexDepth) folders deep", remedy: remedy),
      nested,
    ]
  }
}

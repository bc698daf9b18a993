/// Something that a source holds and that does not become part of the skill.
package struct LeftOut: Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    /// A name of version control, of this program or of a system.
    case reserved
    /// The default list: credentials, caches, earlier archives.
    case ignoredByDefault = "ignored-by-default"
    case ignoredBySkillignore = "ignored-by-skillignore"
    case link
    /// Another repository within a repository.
    case submodule
    case specialFile = "special-file"
    /// The archive that is about to be written.
    case output
  }

  /// As the source spells it, folders with a slash at the end; print it escaped.
  package var path: String
  package var reason: Reason

  /// What the reason is called in a sentence that begins with the path.
  package var explanation: String {
    switch reason {
    case .reserved: "is a file of version control or of a system"
    case .ignoredByDefault: DefaultIgnores.explanation(of: path)
    case .ignoredBySkillignore: "is listed in \(SkillSelection.ignoreFile)"
    case .link: "is a link"
    case .submodule: "is another repository"
    case .specialFile: "is no regular file"
    case .output: "is the archive that is written"
    }
  }

  /// The line of `.skillignore` that keeps it and nothing else; nil where no line does.
  package var keepingLine: String? {
    reason == .ignoredByDefault ? "!/" + DefaultIgnores.literal(path) : nil
  }

  /// How to have it in the skill, as an imperative sentence without a full stop; empty where there is no way.
  package var remedy: String {
    switch reason {
    case .reserved: ""
    case .ignoredByDefault: "To keep it, write a line in \(SkillSelection.ignoreFile): \(keepingLine ?? "")"
    case .ignoredBySkillignore: "To keep it, take its line out of \(SkillSelection.ignoreFile)"
    case .link: "To keep it, put a copy of what it points to in its place"
    case .submodule: "To keep it, put its files themselves in its place"
    case .specialFile: "Put a regular file in its place"
    case .output: "Write the archive elsewhere"
    }
  }
}

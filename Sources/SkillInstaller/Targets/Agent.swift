import Skills

/// A program that reads skills from a folder of its own.
package struct Agent: Sendable, Hashable {
  package let id: String
  package let name: String
  /// Relative to the project.
  package let folder: String

  init(_ id: String, _ name: String, _ folder: String) {
    self.id = id
    self.name = name
    self.folder = folder
  }

  /// The folder that holds the one real copy of every skill, and that many agents read directly.
  package static let sharedFolder = ".agents/skills"

  /// The folders of all agents that need links.
  static let linkedFolders = Set(all.map(\.folder)).subtracting([sharedFolder])

  /// The agent that is linked when none is named.
  package static let standard = "claude-code"

  /// - Throws: `usage` with the nearest known identifiers.
  package static func named(_ id: String) throws(MeshError) -> Agent {
    if let agent = all.first(where: { $0.id == id }) { return agent }
    let near = all.map(\.id).filter { $0.hasPrefix(id.prefix(3)) }.prefix(3)
    throw MeshError(
      .usage, "there is no agent '\(TerminalText.escaped(id, limit: 60))'",
      hint: near.isEmpty
        ? "Known are: \(all.map(\.id).joined(separator: ", "))."
        : "Did you mean \(near.joined(separator: ", "))?")
  }
}

import Skills

/// The entry of a skill in the folder of one agent: a relative link to the one real copy.
struct AgentLink: Sendable {
  enum State: Equatable {
    case missing
    /// The agent's folder is the shared folder itself.
    case shared
    /// A link that leads to the real copy, with its text.
    case link(String)
    /// An untouched copy that we made because links cannot be there, by its record.
    case copy(OwnershipMark)
    case foreign(Obstacle)
  }

  /// What stands there and is not for us to replace.
  enum Obstacle: Equatable, CustomStringConvertible {
    /// A link that leads elsewhere or nowhere, with its text.
    case link(String)
    case file
    /// A folder that we did not make.
    case folder
    /// A copy of ours in which somebody has worked, with the paths, sorted.
    case editedCopy([String])

    var isEditedCopy: Bool {
      if case .editedCopy = self { true } else { false }
    }

    var description: String {
      switch self {
      case .link(let text): "a link to '\(text)'"
      case .file: "a file"
      case .folder: "a folder that agent-mesh did not create"
      case .editedCopy: "a copy that was edited"
      }
    }
  }

  let agentFolder: AgentFolder
  let slug: SkillSlug

  var folder: Directory { agentFolder.directory }

  var shared: Directory { agentFolder.shared }

  var entry: Entry { Entry(directory: folder, name: slug.rawValue) }

  func state() throws(MeshError) -> State {
    if agentFolder.isShared { return .shared }
    guard let kind = try folder.kind(of: slug.rawValue) else { return .missing }
    switch kind {
    case .link(let text): return try leadsToShared(text) ? .link(text) : .foreign(.link(text))
    case .directory: return try state(of: folder.child(slug.rawValue))
    case .file, .other: return .foreign(.file)
    }
  }

  /// The path from the agent's folder to the skill.
  func text() throws(MeshError) -> String { try "\(agentFolder.relativePath())/\(slug)" }

  private func leadsToShared(_ text: String) throws(MeshError) -> Bool {
    if let copy = try shared.statusIfPresent(of: slug.rawValue), copy.kind == .directory {
      return folder.identity(of: slug.rawValue) == copy.identity
    }
    return try text == self.text()
  }

  private func state(of directory: Directory) throws(MeshError) -> State {
    let found = try SkillFolder(directory, named: slug)
    guard let mark = found.mark else { return .foreign(.folder) }
    if case .edited(let paths) = found.state { return .foreign(.editedCopy(paths)) }
    return .copy(mark)
  }
}

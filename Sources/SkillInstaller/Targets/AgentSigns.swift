import FileSystem
import SystemPackage

/// What shows that an agent is used, as the table writes it.
///
/// `a | b`: either; `a & b`: both, and it binds tighter. A sign is `./x` in the project, `dep:x` for a dependency in
/// its `package.json`, or an `AgentPath`.
struct AgentSigns: Sendable, Hashable {
  private enum Sign: Hashable {
    case file(String)
    case dependency(String)
    case path(AgentPath)
  }

  private let groups: [[Sign]]

  /// Nil for a text that is written in another way.
  init?(_ text: String) {
    var groups: [[Sign]] = []
    for alternative in Self.alternatives(text) {
      let terms = alternative.split(separator: " & ", omittingEmptySubsequences: false)
      let signs = terms.compactMap { Self.sign(String($0)) }
      guard signs.count == terms.count else { return nil }
      groups.append(signs)
    }
    guard !groups.isEmpty else { return nil }
    self.groups = groups
  }

  static func alternatives(_ text: String) -> [String] {
    text.split(separator: " | ", omittingEmptySubsequences: true).map(String.init)
  }

  /// The variables that it depends on.
  var variables: [String] {
    groups.joined().compactMap { sign in
      if case .path(let path) = sign { path.variable } else { nil }
    }
  }

  /// What is there of every alternative that holds.
  func evidence(project: FilePath?, in environment: AgentEnvironment) -> [AgentEvidence] {
    groups.flatMap { Self.evidence(of: $0, project, environment) }
  }

  private static func evidence(
    of group: [Sign], _ project: FilePath?, _ environment: AgentEnvironment
  ) -> [AgentEvidence] {
    var found: [AgentEvidence] = []
    for sign in group {
      guard let evidence = evidence(of: sign, project, environment) else { return [] }
      found.append(evidence)
    }
    return found
  }

  private static func evidence(
    of sign: Sign, _ project: FilePath?, _ environment: AgentEnvironment
  ) -> AgentEvidence? {
    switch sign {
    case .path(let written):
      guard let path = written.path(in: environment), FileStatus(at: path) != nil else { return nil }
      return .machine(path.string)
    case .file(let name):
      guard let path = project?.appending(FilePath(name).components), FileStatus(at: path) != nil else { return nil }
      return .project(name)
    case .dependency(let name):
      guard let project, PackageFile.declares(name, in: project) else { return nil }
      return .project("\(PackageFile.name) (\(name))")
    }
  }

  private static func sign(_ text: String) -> Sign? {
    if text.hasPrefix("dep:") {
      let name = text.dropFirst(4)
      return name.isEmpty ? nil : .dependency(String(name))
    }
    guard text.hasPrefix("./") else { return AgentPath(text).map(Sign.path) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let isPlain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    return isPlain ? .file(parts.joined(separator: "/")) : nil
  }
}

import RegistryClient
import Skills
import Synchronization

/// The registries that an installation may speak to: one that is meant when none is named, and those that manifests,
/// locks and records name.
package struct Registries: Sendable {
  package let standard: RegistryAddress
  /// Whether the standard one was named for this very command, so that it comes before what a manifest says.
  package let isChosen: Bool
  /// Those of single authors that the user has configured, for what a project does not decide.
  package let byAuthor: [AuthorName: RegistryAddress]
  private let connect: @Sendable (RegistryAddress) throws(MeshError) -> RegistryClient
  private let connections = Connections()

  /// The clients that were asked for, by what files call their registries.
  private final class Connections: Sendable {
    let clients = Mutex<[String?: RegistryClient]>([:])
  }

  package init(
    standard: RegistryAddress, isChosen: Bool = false, byAuthor: [AuthorName: RegistryAddress] = [:],
    connect: @escaping @Sendable (RegistryAddress) throws(MeshError) -> RegistryClient
  ) {
    self.standard = standard
    self.isChosen = isChosen
    self.byAuthor = byAuthor
    self.connect = connect
  }

  /// Where a skill is looked for outside of a resolution: where it is installed from, else as the project or the user
  /// says.
  ///
  /// - Returns: Nil for the standard registry.
  package func address(of name: SkillName, _ manifest: ProjectManifest?, _ known: Lockfile) -> String? {
    if isChosen { return nil }
    return known[name]?.registry ?? manifest?.skills[name]?.registry ?? manifest?.registries[name.author]
      ?? byAuthor[name.author]?.text
  }

  /// Writes into a manifest that skills come from the registry that was named for this command, where the manifest
  /// would not find it: for the author where no other skill of theirs comes from elsewhere, else for the skill alone.
  ///
  /// - Parameter lock: What is locked; a skill of the author from elsewhere keeps the others apart from it.
  func choose(for name: SkillName, in manifest: inout ProjectManifest, _ lock: Lockfile) {
    guard isChosen else { return }
    manifest.skills[name]?.registry = nil
    if isStandard(manifest.registry(of: name)) { return }
    let others = lock.skills.filter { $0.name?.author == name.author && $0.name != name && !isStandard($0.registry) }
    if manifest.registries[name.author] == nil, others.isEmpty {
      manifest.registries[name.author] = standard.text
    } else {
      manifest.skills[name, default: ProjectManifest.Wanted()].registry = standard.text
    }
  }

  /// Writes down where skills came from by the user's own configuration: every clone has to find them there.
  func remember(in manifest: inout ProjectManifest, _ lock: Lockfile) {
    for skill in lock.skills {
      guard let name = skill.name, let address = byAuthor[name.author], manifest.skills[name]?.registry == nil,
        Self.address(skill.registry) == address, Self.address(manifest.registry(of: name)) != address
      else { continue }
      manifest.registries[name.author] = address.text
    }
  }

  private func isStandard(_ text: String?) -> Bool { Self.address(text) == standard }

  private static func address(_ text: String?) -> RegistryAddress? {
    text.flatMap { try? RegistryAddress(parsing: $0) }
  }

  /// - Parameter text: An address as a file has it; nil for the standard registry.
  package func client(at text: String?) throws(MeshError) -> RegistryClient {
    if let known = connections.clients.withLock({ $0[text] }) { return known }
    let client = try connect(text.map { text throws(MeshError) in try RegistryAddress(parsing: text) } ?? standard)
    connections.clients.withLock { $0[text] = client }
    return client
  }
}

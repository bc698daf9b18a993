import ArgumentParser
import Skills

/// `skills tree`: what is wanted, and what that needs.
struct Tree: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree",
    abstract: "Show the skills of a project with everything that they need.",
    discussion: "Reads skills.json and skills.lock, or where there are none the records in the folders. No network.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> TreeReport {
    let (targets, _, listed) = try mesh.targets(project.path, project.scope)
    try mesh.refuseNoProject(targets)
    let lock = try mesh.known(in: targets)
    let manifest = listed ?? ProjectManifest(wantingAllOf: lock)
    return TreeReport(DependencyTree(of: lock, for: manifest), manifest)
  }
}

struct TreeReport: Report {
  struct Pinned: Encodable, Sendable {
    let reference: String
    let version: String
  }

  let roots: [DependencyTree.Node]
  let pins: [Pinned]

  private let tree: DependencyTree

  enum CodingKeys: String, CodingKey {
    case roots, pins
  }

  init(_ tree: DependencyTree, _ manifest: ProjectManifest) {
    self.tree = tree
    roots = tree.roots
    pins =
      manifest.pins.sorted { $0.key < $1.key }.map {
        Pinned(reference: $0.key.description, version: $0.value.description)
      } + manifest.commits.sorted { $0.key < $1.key }.map { Pinned(reference: $0.key.rawValue, version: $0.value) }
  }

  func text(_ style: Style) -> Message {
    if roots.isEmpty { return "Nothing is wanted here." }
    return (tree.lines + pins.map { "\($0.reference) is pinned to \($0.version)" }).joined(separator: "\n")
  }
}

extension ProjectManifest {
  /// What somebody must have wanted who has these skills: those that no other one needs.
  init(wantingAllOf lock: Lockfile) {
    self.init()
    let needed = Set(lock.skills.flatMap { skill in skill.dependencies.map(\.name) })
    for skill in lock.skills {
      if let name = skill.name, !needed.contains(name) { skills[name] = Wanted(registry: skill.registry) }
      if let source = skill.source { sources[skill.folder] = source }
    }
  }
}

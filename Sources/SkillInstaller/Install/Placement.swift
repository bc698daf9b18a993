import Skills
import SystemPackage

/// Moves finished skills into place and links agents to them.
struct Placement: Sendable {
  let root: SkillsRoot
  let targets: InstallTargets

  func perform(_ decision: Decision, _ staged: StagedSkill?) throws -> InstalledItem {
    let slug = decision.candidate.name.slug
    try refuseForeignLinks(slug, in: decision.plan.links, isForced: decision.isForced)
    var backups: [FilePath] = []
    if let staged {
      if let backup = try staged.staging.place(slug, keepingOld: decision.plan.keepsBackup) { backups.append(backup) }
    }
    for folder in decision.plan.links {
      backups += try link(slug, from: folder, isForced: decision.isForced)
    }
    guard let mark = try OwnershipMark.read(in: root.directory.child(slug.rawValue)) else {
      throw MeshError(.installFailed, "the record of \(slug) is missing after its installation")
    }
    return InstalledItem(
      name: decision.candidate.name, version: decision.candidate.number,
      previousVersion: decision.plan.previousVersion, folder: decision.plan.folder, fileCount: mark.files.count,
      digest: mark.digest, treeDigest: mark.treeDigest, isPrivate: mark.isPrivate, links: decision.plan.links,
      backups: backups.map(\.string))
  }

  func hasLinks(_ slug: SkillSlug, in folders: [String]) throws(MeshError) -> Bool {
    for folder in folders {
      let path = targets.project.appending(folder)
      guard let directory = try? Directory.open(path) else { return false }
      switch try AgentLink(folder: directory, slug: slug, shared: root.directory).state() {
      case .inPlace, .copy: continue
      case .missing, .foreign: return false
      }
    }
    return true
  }

  func unlink(_ slug: SkillSlug, from folders: [String]) throws(MeshError) {
    for folder in folders {
      guard let directory = try? Directory.open(targets.project.appending(folder)) else { continue }
      try AgentLink(folder: directory, slug: slug, shared: root.directory).remove()
    }
  }

  /// Asked before anything changes, so that a conflict leaves everything as it was.
  private func refuseForeignLinks(_ slug: SkillSlug, in folders: [String], isForced: Bool) throws(MeshError) {
    if isForced { return }
    for folder in folders {
      guard let directory = try? Directory.open(targets.project.appending(folder)) else { continue }
      let link = AgentLink(folder: directory, slug: slug, shared: root.directory)
      guard case .foreign(let what) = try link.state() else { continue }
      throw MeshError(
        .conflict, "'\(folder)/\(slug)' is \(TerminalText.escaped(what))",
        hint: "Move it away, or replace it with --force; it is then kept as a backup.")
    }
  }

  private func link(_ slug: SkillSlug, from folder: String, isForced: Bool) throws -> [FilePath] {
    let directory = try Directory.openOrCreate(targets.project.appending(folder))
    let link = AgentLink(folder: directory, slug: slug, shared: root.directory)
    var backups: [FilePath] = []
    switch try link.state() {
    case .inPlace: return []
    case .missing: break
    case .copy: try directory.removeTree(slug.rawValue)
    case .foreign:
      guard isForced else { return [] }
      backups.append(try root.backUp(slug.rawValue, of: directory, slug: slug.rawValue))
    }
    if try !link.make() { try copy(slug, to: directory) }
    return backups
  }

  /// For file systems without links: a second real folder with its own record.
  private func copy(_ slug: SkillSlug, to directory: Directory) throws {
    let source = try root.directory.child(slug.rawValue)
    let work = try directory.childOrCreated(SkillsRoot.workName, mode: 0o700)
    try work.removeTree(slug.rawValue)
    try Self.copy(source, to: work.childOrCreated(slug.rawValue))
    guard try work.moveNew(slug.rawValue, to: directory, slug.rawValue) else {
      throw MeshError(.conflict, "'\(directory.path.appending(slug.rawValue))' appeared in the meantime")
    }
    directory.removeIfEmpty(SkillsRoot.workName)
  }

  private static func copy(_ source: Directory, to target: Directory) throws {
    for name in try source.names() {
      switch try source.kind(of: name) {
      case .directory: try copy(source.child(name), to: target.childOrCreated(name))
      case .file:
        let bytes = try source.read(name, limit: 64 << 20) ?? []
        try target.write(bytes, to: name, mode: try source.isExecutable(name) ? 0o755 : 0o644)
      case .link, .other, nil: continue
      }
    }
  }
}

import BridgeProtocol
import FileSystem
import HTTPTransport
import RegistryClient
import SkillInstaller
import Skills
import SystemPackage

/// The skills that an agent carries: those in the lock of its project, as far as what is installed is what was locked.
struct ProjectSkills: Sendable {
  /// More would not fit into one frame.
  private static let maximumCount = 200
  private static let maximumDescriptionBytes = 600

  let targets: InstallTargets
  /// Where the registry is to which the agent announces: what comes from others is none of its business, and another
  /// skill when it has the name of one of its own.
  let origin: Origin

  /// Those of the registry.
  ///
  /// - Throws: for a `skills.json` or `skills.lock` that cannot be read.
  func carried() throws(MeshError) -> [CarriedSkill] {
    try installed().filter(isAnnounced).prefix(Self.maximumCount).map { skill in
      CarriedSkill(
        reference: skill.reference, version: skill.version ?? "", treeDigest: skill.treeDigest.description,
        description: description(of: skill).parts(ofAtMost: Self.maximumDescriptionBytes).first.map(String.init) ?? "")
    }
  }

  /// Refuses to go on without a skill, whichever registry it is of.
  ///
  /// - Throws: `notInstalled` for one that is not there, not in the range, or not as it was locked; for a `skills.json`
  ///   or `skills.lock` that cannot be read.
  func require(_ references: [SkillReference]) throws(MeshError) {
    if references.isEmpty { return }
    let installed = try installed()
    for reference in references {
      let isThere = installed.contains { skill in
        guard skill.name == reference.name else { return false }
        guard let range = reference.range else { return true }
        return skill.number.map(range.contains) ?? false
      }
      guard isThere else {
        throw MeshError(
          .notInstalled, "the project does not have \(reference) as it was locked, and the agent needs it",
          hint: "Install it: agent-mesh skills install '\(reference)'")
      }
    }
  }

  private func installed() throws(MeshError) -> [LockedSkill] {
    guard let lock = try SkillInstaller.lock(in: targets) else { return [] }
    let found = try Verification(of: targets)
    let good = Set(found.skills.filter(\.faults.isEmpty).map(\.folder))
    return lock.skills.filter { $0.name != nil && good.contains($0.folder.rawValue) }
  }

  private func isAnnounced(_ skill: LockedSkill) -> Bool {
    guard let text = skill.registry, let registry = try? RegistryAddress(parsing: text) else { return false }
    return registry.origin.isSameServer(as: origin)
  }

  /// What changes when the lock does, or a file of a skill.
  var stamp: SkillStamp {
    SkillStamp(lock: targets.stateFolder.appending(Lockfile.fileName), folder: targets.sharedFolder)
  }

  /// Of what was found to be as it was locked.
  private func description(of skill: LockedSkill) -> String {
    let file = targets.sharedFolder.appending(skill.folder.rawValue).appending("SKILL.md")
    do {
      let bytes = try OpenFile<FileError>.open(file).bytes(limit: SkillDocument.maximumBytes)
      return try bytes.flatMap { try SkillDocument(reading: $0).description } ?? ""
    } catch {
      // It was read a moment ago, so that somebody is changing it: the next look finds what it has become.
      return ""
    }
  }
}

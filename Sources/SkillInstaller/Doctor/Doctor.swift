import Skills
import SystemPackage

/// What mending did, and what it had to leave.
package struct Cure: Sendable, Hashable {
  package var mended: [Ailment]
  package var left: [Ailment]

  package init(mended: [Ailment], left: [Ailment]) {
    self.mended = mended
    self.left = left
  }
}

extension SkillInstaller {
  /// Everything that is wrong with what is installed, the worst first.
  ///
  /// Takes no lock, changes nothing, and asks no registry.
  package static func diagnose(
    in targets: InstallTargets, _ environment: AgentEnvironment
  ) throws(MeshError) -> [Ailment] {
    try symptoms(targets, environment).map(\.ailment)
  }

  /// Mends what is ours, while no other process of ours works there; edited and foreign folders stay as they are.
  package static func mend(_ targets: InstallTargets, _ environment: AgentEnvironment) async throws -> Cure {
    let before = try symptoms(targets, environment)
    guard before.contains(where: { $0.cure != nil }) else { return Cure(mended: [], left: before.map(\.ailment)) }
    let root = try await Recovery.claim(targets)
    defer { root.removeCreated() }
    let cures = try symptoms(targets, environment).compactMap(\.cure)
    for cure in cures { try Treatment(root: root, targets: targets).carryOut(cure) }
    let left = try symptoms(targets, environment)
    let remaining = Set(left.map(\.ailment))
    return Cure(
      mended: before.filter { $0.cure != nil && !remaining.contains($0.ailment) }.map(\.ailment),
      left: left.map(\.ailment))
  }

  private static func symptoms(
    _ targets: InstallTargets, _ environment: AgentEnvironment
  ) throws(MeshError) -> [Symptom] {
    let patient = try Patient(targets, environment)
    let found =
      RecordExamination(patient: patient).symptoms() + LinkExamination(patient: patient).symptoms()
      + DuplicateExamination(patient: patient).symptoms() + RemainsExamination(patient: patient).symptoms()
      + ReadingExamination(patient: patient).symptoms()
    // What cannot be read is met by more than one of them.
    var places: Set<String> = []
    let distinct = found.filter { $0.ailment.kind != .unreadable || places.insert($0.ailment.place).inserted }
    return Severity.worstFirst.flatMap { severity in distinct.filter { $0.ailment.severity == severity } }
  }
}

extension Severity {
  fileprivate static let worstFirst: [Severity] = [.error, .warning, .note]
}

/// Carries out single cures, under the lock of the skills folder.
///
/// Each looks again first: what is there now may be somebody's work.
private struct Treatment {
  let root: SkillsRoot
  let targets: InstallTargets

  func carryOut(_ cure: Symptom.Cure) throws(MeshError) {
    switch cure {
    // Claiming the folder has done it.
    case .recovery: return
    case .clearing(let spot): if let link = try link(spot) { try clear(link) }
    case .unlinking(let spot): if let link = try link(spot) { try unlink(link) }
    case .linking(let spot, let copies): try join(spot, copies)
    case .recording(let skill): _ = try RecordUpdate(root: root, targets: targets).perform(skill)
    }
  }

  private func link(_ spot: Symptom.Spot) throws(MeshError) -> AgentLink? {
    try AgentLinks(slug: spot.slug, folders: [spot.folder], targets: targets).present(root).first
  }

  /// A copy that was put aside comes back when nothing has taken its place.
  private func clear(_ link: AgentLink) throws(MeshError) {
    let copy = FolderCopy(link: link)
    if try link.state() == .missing, try copy.isPutAside() { return try copy.putBack() }
    copy.clear()
  }

  private func unlink(_ link: AgentLink) throws(MeshError) {
    guard case .link = try link.state(), link.folder.identity(of: link.slug.rawValue) == nil else { return }
    try link.folder.removeFile(link.slug.rawValue)
  }

  private func join(_ spot: Symptom.Spot, _ copies: Bool) throws(MeshError) {
    try TransactionRun.relink(spot.slug, in: spot.folder, copies: copies || targets.copies, root, targets)
  }
}

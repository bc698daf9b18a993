import RegistryAPI
import RegistryClient
import Skills

/// Moves a project from a registry to the address that it has now: `skills.json`, `skills.lock` and the records in the
/// folders name the new one, and nothing else changes.
///
/// A name never moves by itself. Here somebody says so, and the new address has to list every locked version with the
/// very digests that are locked.
package struct RegistryMove: Sendable {
  let old: RegistryAddress
  let new: RegistryAddress
  let registries: Registries
  let targets: InstallTargets

  package init(from old: RegistryAddress, to new: RegistryAddress, _ installer: SkillInstaller) {
    (self.old, self.new) = (old, new)
    (registries, targets) = (installer.registries, installer.targets)
  }

  /// - Returns: What was locked or recorded from the old address, as it is now.
  /// - Throws: `notFound` where nothing comes from the old address or the new one lacks a version, `integrityError`
  ///   where it has other bytes under one; nothing has changed then.
  package func perform() async throws -> [LockedSkill] {
    let root = try await Recovery.claim(targets)
    defer { root.removeCreated() }
    let state = try ProjectState(targets)
    let manifest = state.manifest?.moved(from: isOld, to: new.text)
    // Records stay behind when the two files come from somebody who has moved them.
    let skills = [state.recorded, state.known].map { lock in
      lock.skills.filter { $0.registry.map(isOld) ?? false }
    }
    guard !skills.joined().isEmpty || manifest != state.manifest else { throw nothing(from: state.known) }
    try await compare(Set(skills.joined()))
    var change = StagedChange()
    if let manifest {
      change.files = state.files(manifest, (state.lock ?? Lockfile()).moved(from: isOld, to: new.text))
    }
    _ = try TransactionRun.perform(change, in: root, targets)
    let moved = skills.flatMap { Lockfile($0).moved(from: isOld, to: new.text).skills }
    for skill in moved { try RecordUpdate(root: root, targets: targets).perform(skill) }
    return Lockfile(moved).skills
  }

  private func isOld(_ text: String) -> Bool { (try? RegistryAddress(parsing: text)) == old }

  /// The new address has the same bytes under every number.
  private func compare(_ skills: Set<LockedSkill>) async throws {
    let answers = try await registries.client(at: new.text).indexes(
      of: Set(skills.compactMap(\.name)).sorted())
    var missing: Set<String> = []
    var other: Set<String> = []
    for skill in skills {
      guard let name = skill.name, let number = skill.number else { continue }
      switch answers[name] {
      case .success(let document):
        guard let entry = try document.entry(of: number) else {
          missing.insert(skill.title)
          continue
        }
        if entry.digest != skill.digest || entry.treeDigest != skill.treeDigest { other.insert(skill.title) }
      case .failure(let failure) where failure.code == .notFound: missing.insert(skill.title)
      case .failure(let failure): throw failure
      case nil: missing.insert(skill.title)
      }
    }
    guard other.isEmpty else {
      throw MeshError(
        .integrityError, "\(new) has other content under \(other.sorted().listing(first: 5))",
        hint: "It is not the registry that \(old) was. Nothing was changed.")
    }
    guard missing.isEmpty else {
      throw MeshError(
        .notFound, "\(new) does not have \(missing.sorted().listing(first: 5))",
        hint: "Nothing was changed. Publish them there, or if they are private: agent-mesh login --registry \(new)")
    }
  }

  private func nothing(from lock: Lockfile) -> MeshError {
    let others = Set(lock.skills.compactMap(\.registry)).sorted()
    return MeshError(
      .notFound, "nothing here comes from \(old)",
      hint: others.isEmpty
        ? "See what is installed: agent-mesh skills installed"
        : "What is installed comes from \(others.joined(separator: ", ")).")
  }
}

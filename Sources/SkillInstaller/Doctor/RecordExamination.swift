import Skills

/// Compares what `skills.json` and `skills.lock` say, what our records say, and what is there.
struct RecordExamination {
  let patient: Patient

  func symptoms() throws(MeshError) -> [Symptom] {
    try unreadable() + unknownAgents() + disagreements() + places() + records()
  }

  private func unreadable() -> [Symptom] {
    var found: [Symptom] = []
    if case .failure(let error) = patient.manifest { found.append(Self.unreadable(ProjectManifest.fileName, error)) }
    if case .failure(let error) = patient.lock { found.append(Self.unreadable(Lockfile.fileName, error)) }
    return found
  }

  private static func unreadable(_ name: String, _ error: MeshError) -> Symptom {
    Symptom(
      .unreadable, .error, at: name, error.message, why: "No command can work with it.",
      remedy: error.hint ?? "Correct it, or take it from the last commit")
  }

  private func unknownAgents() -> [Symptom] {
    (patient.readManifest?.agents ?? []).compactMap { id in
      do throws(MeshError) {
        _ = try Agent.named(id)
        return nil
      } catch {
        return Symptom(
          .unknownAgent, .error, at: ProjectManifest.fileName, error.message,
          why: "Skills cannot be linked for an agent whose folder is not known.",
          remedy: error.hint ?? "Correct the name. See: agent-mesh skills targets --all")
      }
    }
  }

  private func disagreements() -> [Symptom] {
    guard let manifest = patient.readManifest, case .success(let lock) = patient.lock else { return [] }
    return (lock ?? Lockfile()).disagreements(with: manifest).map { sentence in
      Symptom(
        .disagreement, .error, at: Lockfile.fileName, sentence, why: "A frozen installation fails.",
        remedy: "Run: agent-mesh skills install")
    }
  }

  /// What is locked, and not in its place.
  private func places() -> [Symptom] {
    (patient.readLock?.skills ?? []).compactMap { skill in
      // What is read where it lies is not installed anywhere.
      guard !patient.targets.isInPlace(skill) else { return nil }
      let mark = patient.installed.first { $0.slug == skill.folder.rawValue }?.mark
      guard mark?.treeDigest != skill.treeDigest else { return nil }
      let version = skill.version.map { "@\($0)" } ?? ""
      return Symptom(
        .disagreement, .error, at: "\(Agent.sharedFolder)/\(skill.folder)",
        mark == nil
          ? "\(skill.reference)\(version) is locked, and not installed"
          : "\(skill.reference)\(version) is locked, and something else is installed",
        remedy: "Run: agent-mesh skills install")
    }
  }

  private func records() throws(MeshError) -> [Symptom] {
    guard let shared = patient.shared else { return [] }
    var found: [Symptom] = []
    for skill in patient.installed where try shared.kind(of: skill.slug) == .directory {
      let place = "\(Agent.sharedFolder)/\(skill.slug)"
      if let mark = skill.mark {
        if let lock = patient.readLock, !lock.skills.contains(where: { $0.folder.rawValue == skill.slug }) {
          found.append(Self.unlocked(mark, place, skill.slug))
        }
      } else if try shared.child(skill.slug).kind(of: OwnershipMark.fileName) != nil {
        found.append(Self.misplaced(place))
      }
    }
    return found
  }

  private static func unlocked(_ mark: OwnershipMark, _ place: String, _ slug: String) -> Symptom {
    Symptom(
      .orphanedRecord, .warning, at: place,
      "\(mark.reference) was installed here, and \(Lockfile.fileName) does not know it",
      why: "It is neither verified nor updated, and others do not get it.",
      remedy: "Run: agent-mesh skills install \(mark.reference), or: agent-mesh skills remove \(slug)")
  }

  private static func misplaced(_ place: String) -> Symptom {
    Symptom(
      .orphanedRecord, .warning, at: place,
      "its \(OwnershipMark.fileName) is that of another folder, or cannot be read",
      why: "The folder was renamed or copied: agent-mesh takes it for one that somebody made by hand.",
      remedy: "Rename the folder back, or delete its \(OwnershipMark.fileName) to keep it as your own")
  }
}

import Skills

/// How what lies in the folders compares with what was locked.
package struct Verification: Hashable, Sendable, Codable {
  /// What the folders were compared with.
  package enum Basis: String, Hashable, Sendable, Codable {
    case lock
    /// The records in the folders themselves, where there is no lock.
    case records
  }

  /// A skill that should be there.
  package struct Skill: Hashable, Sendable, Codable {
    package var folder: String
    /// `author/slug`, or the source.
    package var reference: String
    package var version: String?
    /// Whether agents read it where its source is, so that nothing can bring back what was locked.
    package var isInPlace: Bool
    /// Empty when all is well.
    package var faults: [Finding]

    enum CodingKeys: String, CodingKey {
      case folder, reference, version, faults
      case isInPlace = "in_place"
    }
  }

  /// A skill on the disk that nothing is known of: no fault.
  package struct Stranger: Hashable, Sendable, Codable {
    package var folder: String
    /// Nil for one that agent-mesh did not install.
    package var reference: String?
  }

  package let basis: Basis
  /// Sorted by folder.
  package let skills: [Skill]
  package let strangers: [Stranger]
  /// Sentences on how `skills.json` and `skills.lock` contradict each other.
  package let disagreements: [String]

  package var isGood: Bool { disagreements.isEmpty && skills.allSatisfy(\.faults.isEmpty) }
}

extension Verification {
  /// Compares the disk with the lock, or with the records in the folders where there is no lock.
  ///
  /// Takes no lock, changes nothing, asks nobody.
  ///
  /// - Throws: for a `skills.json` or `skills.lock` that cannot be read.
  package init(of targets: InstallTargets) throws(MeshError) {
    let examination = try Examination(of: targets)
    let state = try ProjectState(examination)
    let former = state.former
    let verifier = FolderVerifier(examination: examination)
    let known = Set(former.skills.map(\.folder.rawValue))
    basis = state.lock == nil ? .records : .lock
    skills = former.skills.map { skill in
      Skill(
        folder: skill.folder.rawValue, reference: skill.reference, version: skill.version,
        isInPlace: targets.isInPlace(skill), faults: verifier.faults(of: skill))
    }
    strangers = state.installed.filter { !known.contains($0.slug) }.map {
      Stranger(folder: $0.slug, reference: $0.mark?.reference)
    }
    disagreements = examination.disagreements
  }
}

import Skills

/// How what lies in the folders compares with what was locked.
package struct Verification: Hashable, Sendable, Codable {
  /// What the folders were compared with.
  package enum Basis: String, Hashable, Sendable, Codable {
    case lock
    /// The records in the folders themselves, where there is no lock.
    case records
  }

  /// One thing that is not as it should be.
  package struct Fault: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      case missing
      /// `paths` were changed, added or removed.
      case edited
      /// Of the same skill; `found` is its version.
      case otherVersion = "other_version"
      /// Under the version that was locked.
      case otherContent = "other_content"
      /// Another skill, or the one of another registry, in the folder of this one; `found` names it.
      case otherSkill = "other_skill"
      /// Something that agent-mesh did not make.
      case notOurs = "not_ours"
      case unreadable
      case linkMissing = "link_missing"
      /// It leads nowhere; `found` is its text.
      case linkBroken = "link_broken"
      /// It leads to something else; `found` is its text.
      case linkElsewhere = "link_elsewhere"
      /// Something that is neither a link nor a copy of ours stands in its place.
      case linkBlocked = "link_blocked"
      /// Of a copy in the place of a link.
      case copyDiffers = "copy_differs"
    }

    package var kind: Kind
    /// Relative to the project or the home, where it lies below.
    package var place: String
    /// Inside of `place`, sorted; as the disk spells them.
    package var paths: [String]
    /// What is there instead; as the disk spells it.
    package var found: String?

    init(_ kind: Kind, at place: String, paths: [String] = [], found: String? = nil) {
      self.kind = kind
      self.place = place
      self.paths = paths
      self.found = found
    }
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
    package var faults: [Fault]

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

extension SkillInstaller {
  /// Compares the disk with the lock, or with the records in the folders where there is no lock.
  ///
  /// Takes no lock, changes nothing, asks nobody.
  ///
  /// - Throws: for a `skills.json` or `skills.lock` that cannot be read.
  package static func verify(in targets: InstallTargets) throws(MeshError) -> Verification {
    let state = try ProjectState(targets)
    let former = state.former
    let verifier = FolderVerifier(targets: targets, root: try Directory.openIfPresent(targets.sharedFolder))
    let known = Set(former.skills.map(\.folder.rawValue))
    return Verification(
      basis: state.lock == nil ? .records : .lock,
      skills: former.skills.map { skill in
        Verification.Skill(
          folder: skill.folder.rawValue, reference: skill.reference, version: skill.version,
          isInPlace: targets.isInPlace(skill), faults: verifier.faults(of: skill))
      },
      strangers: state.installed.filter { !known.contains($0.slug) }.map {
        Verification.Stranger(folder: $0.slug, reference: $0.mark?.reference)
      },
      disagreements: disagreements(state))
  }

  /// - Throws: `not_found` or `integrity_error` for a skill that agents read at its source, and that is not what was
  ///   locked.
  static func refuseChanges(inPlace lock: Lockfile, of targets: InstallTargets) throws(MeshError) {
    let verifier = FolderVerifier(targets: targets, root: nil)
    for skill in lock.skills where targets.isInPlace(skill) {
      guard let fault = verifier.faults(of: skill).first else { continue }
      let place = TerminalText.escaped(fault.place, limit: 300)
      switch fault.kind {
      case .missing: throw MeshError(.notFound, "'\(place)', which is locked, is not there", hint: "Restore it.")
      case .unreadable:
        throw MeshError(.fileError, "'\(place)' cannot be read: \(TerminalText.escaped(fault.found ?? "", limit: 300))")
      default:
        throw MeshError(
          .integrityError, "'\(place)' is not what was locked",
          hint: "Restore it. If the change is welcome: agent-mesh skills update \(skill.folder).")
      }
    }
  }

  private static func disagreements(_ state: ProjectState) -> [String] {
    switch (state.manifest, state.lock) {
    case (nil, nil): []
    case (let manifest?, let lock?): lock.disagreements(with: manifest)
    case (let manifest?, nil):
      manifest.skills.isEmpty && manifest.sources.isEmpty
        ? [] : ["\(ProjectManifest.fileName) is there, and \(Lockfile.fileName) is not"]
    case (nil, _?): ["\(Lockfile.fileName) is there, and \(ProjectManifest.fileName) is not"]
    }
  }
}

import SkillArchive

/// An archive that must be refused, and the reason that must be given.
package struct HostileArchive: Sendable, CustomStringConvertible {
  /// Which row of the threat table it stands for, such as "AR1".
  package let threat: String
  package let name: String
  package let rule: ArchiveRule
  package let bytes: [UInt8]
  /// The tar archive inside, where it was built by itself.
  package var tar: [UInt8]?

  package var description: String { "\(threat) \(name)" }

  /// Whether what is hostile in it stays out of a skill by itself, where the archive is another program's: links and
  /// stores of version control, unless they are there to be written through.
  package var staysOut: Bool {
    guard [.linkEntry, .nameOwnMarker].contains(rule) else { return false }
    return !["write through", "with content"].contains(where: name.contains)
  }

  static func tar(
    _ threat: String, _ name: String, _ rule: ArchiveRule, _ build: (inout TarBuilder) -> Void
  ) -> HostileArchive {
    let tar = TarBuilder.skill(build)
    return HostileArchive(threat: threat, name: name, rule: rule, bytes: tar.gzipped, tar: tar.archive)
  }

  static func zip(
    _ threat: String, _ name: String, _ rule: ArchiveRule, _ build: (inout ZipBuilder) -> Void
  ) -> HostileArchive {
    HostileArchive(threat: threat, name: name + " (zip)", rule: rule, bytes: ZipBuilder.skill(build).encoded)
  }
}

/// Generated families of hostile archives, one or more for every row of the archive table.
package enum HostileArchives {
  package static let all: [HostileArchive] = tar + zip

  package static let tar: [HostileArchive] =
    names + links + types + collisions + sizes + headers + extendedHeaders + containers

  package static let zip: [HostileArchive] = zipNames + zipHeaders + zipLayouts
}

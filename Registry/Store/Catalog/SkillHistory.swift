import Skills

/// A skill with all its versions, in the order of publishing.
package struct SkillHistory: Sendable {
  package var skill: SkillRecord
  package var versions: [VersionRecord]

  package var newest: VersionRecord? { versions.first { $0.id == skill.newestVersionID } }

  package var newestFirst: [VersionRecord] { versions.sorted { $0.version > $1.version } }

  package func version(_ wanted: SemanticVersion) -> VersionRecord? {
    versions.first { $0.version.withoutBuild == wanted.withoutBuild }
  }

  /// The versions for new installs: those that are served and not yanked, or the yanked ones when nothing else is left.
  package var offered: [VersionRecord] {
    let served = versions.filter(\.isServed)
    let fresh = served.filter { $0.yank == nil }
    return fresh.isEmpty ? served : fresh
  }

  /// What the newest version ought to be: the highest stable one on offer, else the highest pre-release.
  var newestOnOffer: VersionRecord? {
    let offered = offered
    let stable = offered.filter { !$0.version.isPrerelease }
    return (stable.isEmpty ? offered : stable).max { $0.version < $1.version }
  }
}

import FoundationSubset
import Skills

/// How to treat what stands in the way, and what to write down.
package struct InstallOptions: Sendable {
  /// Replace edited and foreign folders; they are kept as backups.
  package var force: Bool
  /// Write `skills.json` and `skills.lock`.
  package var saves: Bool
  /// Younger versions are passed over, unless locked or asked for by their number; nil for none.
  package var minimumAge: MinimumAge?
  package var now: Date
  /// Whether somebody named agents for this change, which are those of the project from then on.
  package var namesAgents: Bool
  /// Whether the plan says what skills may do, for which their files are looked through.
  package var reviews = true
  /// Whether a `skills.json` of another program gives way to ours; it is kept under another name.
  package var replacesForeignManifest = false

  /// What was published later is too young; nil where any age will do.
  var publishedBefore: Date? {
    minimumAge.flatMap { $0.seconds > 0 ? now.addingTimeInterval(-Double($0.seconds)) : nil }
  }

  package init(
    force: Bool = false, saves: Bool = false, minimumAge: MinimumAge? = nil, now: Date = Date(),
    namesAgents: Bool = false
  ) {
    self.force = force
    self.saves = saves
    self.minimumAge = minimumAge
    self.now = now
    self.namesAgents = namesAgents
  }
}

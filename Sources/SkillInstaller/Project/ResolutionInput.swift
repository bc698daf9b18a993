import FoundationSubset
import Skills

/// What is to be resolved.
struct ResolutionInput: Sendable {
  var manifest: ProjectManifest
  /// Skills that are in no registry, as they are locked.
  var sources: [LockedSkill] = []
  /// Preferred where they are allowed.
  var preferred: Lockfile
  /// Kept as they are, whatever their registry says; it is not asked.
  var held: [LockedSkill] = []
  /// Skills that are to move: the newest version is preferred, the one that is there may stay even when it can no
  /// longer be had, and nothing below it is taken.
  var moving: Set<SkillName> = []
  /// Whether a skill whose registry cannot be asked stays as it is, and is reported.
  var toleratesFailures = false
  /// Skills whose newest version is wanted, whichever is there.
  var fresh: Set<SkillName> = []
  /// Named by whoever asks: when one of them cannot be had, that is the error.
  var requested: [SkillReference] = []
  var minimumAge: MinimumAge?
  /// What was published later is too young; nil where any age will do.
  var publishedBefore: Date?

  /// The same with skills under their new names.
  func renamed(by renames: SkillRenames) -> ResolutionInput {
    if renames.isEmpty { return self }
    var input = self
    input.manifest = manifest.renamed(by: renames)
    input.sources = sources.map { $0.renamed(by: renames) }
    input.preferred = preferred.renamed(by: renames)
    input.held = held.map { $0.renamed(by: renames) }
    input.moving = Set(moving.map { renames[$0] })
    input.fresh = Set(fresh.map { renames[$0] })
    input.requested = requested.renamed(by: renames)
    return input
  }
}

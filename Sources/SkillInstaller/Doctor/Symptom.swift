import Skills

/// An ailment, and how it is mended where it can be.
struct Symptom: Sendable {
  enum Cure: Sendable, Hashable {
    /// By claiming the skills folder, which completes or undoes interrupted runs.
    case recovery
    case clearing(Spot)
    case unlinking(Spot)
    case linking(Spot, copies: Bool)
  }

  /// The place of a skill in the folder of an agent.
  struct Spot: Sendable, Hashable {
    /// A text of `InstallTargets.knownFolders`.
    let folder: String
    let slug: SkillSlug

    var text: String { "\(folder)/\(slug)" }
  }

  let ailment: Ailment
  let cure: Cure?

  /// - Parameter remedy: What to do; for an ailment with a cure that is `--fix`.
  init(
    _ kind: Ailment.Kind, _ severity: Severity, at place: String, _ message: String, why: String = "",
    remedy: String? = nil, cure: Cure? = nil
  ) {
    ailment = Ailment(
      kind, severity, at: place, message, why: why, remedy: remedy ?? "Run: agent-mesh skills doctor --fix",
      isMendable: cure != nil)
    self.cure = cure
  }
}

import Skills

/// An ailment, and how it is mended where it can be.
struct Symptom: Sendable {
  enum Cure: Sendable, Hashable {
    /// By claiming the skills folder, which completes or undoes interrupted runs.
    case recovery
    case clearing(Spot)
    case unlinking(Spot)
    case linking(Spot, copies: Bool)
    /// By making the record say what the lock says of the same files.
    case recording(LockedSkill)
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

  /// What is found at a place; that it cannot be looked at hides nothing of the others.
  static func looking(at place: String, _ look: () throws(MeshError) -> [Symptom]) -> [Symptom] {
    do throws(MeshError) {
      return try look()
    } catch {
      return [unreadable(at: place, error, else: "Make it readable, or move it away")]
    }
  }

  /// Something at a place that keeps us from looking further there.
  static func unreadable(at place: String, _ error: MeshError, else remedy: String) -> Symptom {
    Symptom(
      .unreadable, .error, at: place, error.message, why: "No command can work with it.",
      remedy: error.hint ?? remedy)
  }
}

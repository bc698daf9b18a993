/// A state of one skill: that it is not installed, or one of its versions.
struct SkillState: Hashable, Strideable, Sendable {
  /// In a set of states: 0 for "not installed", n for the n-th of its versions, oldest first.
  let bit: Int

  static let absent = SkillState(bit: 0)

  init(bit: Int) { self.bit = bit }

  /// - Parameter index: Of a version among all of the skill, oldest first.
  init(version index: Int) { bit = index + 1 }

  func distance(to other: SkillState) -> Int { other.bit - bit }

  func advanced(by count: Int) -> SkillState { SkillState(bit: bit + count) }
}

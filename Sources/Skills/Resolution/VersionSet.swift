/// A set of states of one skill, with a bit for each.
///
/// All sets that meet in one operation are made for the same number of bits.
struct VersionSet: Hashable, Sendable {
  /// The first 64 bits, which is all there is for nearly every skill.
  private var low: UInt64
  private var high: [UInt64]

  /// The empty set.
  init(bits: Int) {
    low = 0
    high = bits <= 64 ? [] : Array(repeating: 0, count: (bits - 1) / 64)
  }

  /// All of `bits`.
  init(full bits: Int) {
    self.init(bits: bits)
    for bit in 0..<bits { insert(SkillState(bit: bit)) }
  }

  mutating func insert(_ state: SkillState) {
    let bit = state.bit
    if bit < 64 { low |= 1 << UInt64(bit) } else { high[bit / 64 - 1] |= 1 << UInt64(bit % 64) }
  }

  mutating func remove(_ state: SkillState) {
    let bit = state.bit
    if bit < 64 { low &= ~(1 << UInt64(bit)) } else { high[bit / 64 - 1] &= ~(1 << UInt64(bit % 64)) }
  }

  /// A set as wide as this with one state.
  func only(_ state: SkillState) -> VersionSet {
    var result = subtracting(self)
    result.insert(state)
    return result
  }

  func contains(_ state: SkillState) -> Bool {
    let bit = state.bit
    if bit < 64 { return low & (1 << UInt64(bit)) != 0 }
    return high[bit / 64 - 1] & (1 << UInt64(bit % 64)) != 0
  }

  var isEmpty: Bool { low == 0 && high.allSatisfy { $0 == 0 } }

  var count: Int { high.reduce(low.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

  /// The newest version in the set; "not installed" when it has no version.
  var last: SkillState? {
    for index in high.indices.reversed() where high[index] != 0 {
      return SkillState(bit: 64 * (index + 1) + 63 - high[index].leadingZeroBitCount)
    }
    return low == 0 ? nil : SkillState(bit: 63 - low.leadingZeroBitCount)
  }

  /// Every state in the set, ascending.
  var states: [SkillState] {
    var result: [SkillState] = []
    for (index, word) in ([low] + high).enumerated() {
      var rest = word
      while rest != 0 {
        result.append(SkillState(bit: 64 * index + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return result
  }

  /// Whether the skill is installed in all of these states.
  var isInstalled: Bool { low & 1 == 0 }

  func isSubset(of other: VersionSet) -> Bool {
    if low & ~other.low != 0 { return false }
    for index in high.indices where high[index] & ~other.high[index] != 0 { return false }
    return true
  }

  func isDisjoint(with other: VersionSet) -> Bool {
    if low & other.low != 0 { return false }
    for index in high.indices where high[index] & other.high[index] != 0 { return false }
    return true
  }

  func union(_ other: VersionSet) -> VersionSet { merged(other) { $0 | $1 } }

  func intersection(_ other: VersionSet) -> VersionSet { merged(other) { $0 & $1 } }

  func subtracting(_ other: VersionSet) -> VersionSet { merged(other) { $0 & ~$1 } }

  private func merged(_ other: VersionSet, _ operation: (UInt64, UInt64) -> UInt64) -> VersionSet {
    var result = self
    result.low = operation(low, other.low)
    for index in high.indices { result.high[index] = operation(high[index], other.high[index]) }
    return result
  }
}

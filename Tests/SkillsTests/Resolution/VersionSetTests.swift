import TestSupport
import Testing

@testable import Skills

@Suite struct VersionSetTests {
  @Test(arguments: [1, 2, 63, 64, 65, 128, 129, 300]) func `does what sets of numbers do`(bits: Int) {
    var random = SplitMix64(seed: UInt64(bits))
    for _ in 0..<200 {
      let left = Set((0..<bits).filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
      let right = Set((0..<bits).filter { _ in Int.random(in: 0..<3, using: &random) != 0 })
      let (first, second) = (set(left, bits), set(right, bits))
      #expect(numbers(in: first) == left.sorted())
      #expect(numbers(in: first.union(second)) == left.union(right).sorted())
      #expect(numbers(in: first.intersection(second)) == left.intersection(right).sorted())
      #expect(numbers(in: second.subtracting(first)) == right.subtracting(left).sorted())
      #expect(first.isSubset(of: second) == left.isSubset(of: right))
      #expect(first.isDisjoint(with: second) == left.isDisjoint(with: right))
      #expect(first.count == left.count)
      #expect(first.isEmpty == left.isEmpty)
      #expect(first.last?.bit == left.max())
      #expect(numbers(in: VersionSet(full: bits).subtracting(first)) == (0..<bits).filter { !left.contains($0) })
    }
  }

  private func numbers(in set: VersionSet) -> [Int] { set.states.map(\.bit) }

  private func set(_ numbers: Set<Int>, _ bits: Int) -> VersionSet {
    var set = VersionSet(bits: bits)
    for number in 0..<bits { set.insert(SkillState(bit: number)) }
    for number in 0..<bits where !numbers.contains(number) { set.remove(SkillState(bit: number)) }
    return set
  }
}

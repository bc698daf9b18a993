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
      #expect(first.bits == left.sorted())
      #expect(first.union(second).bits == left.union(right).sorted())
      #expect(first.intersection(second).bits == left.intersection(right).sorted())
      #expect(second.subtracting(first).bits == right.subtracting(left).sorted())
      #expect(first.isSubset(of: second) == left.isSubset(of: right))
      #expect(first.isDisjoint(with: second) == left.isDisjoint(with: right))
      #expect(first.count == left.count)
      #expect(first.isEmpty == left.isEmpty)
      #expect(first.last == left.max())
      #expect(VersionSet(full: bits).subtracting(first).bits == (0..<bits).filter { !left.contains($0) })
    }
  }

  private func set(_ numbers: Set<Int>, _ bits: Int) -> VersionSet {
    var set = VersionSet(bits: bits)
    for number in 0..<bits { set.insert(number) }
    for number in 0..<bits where !numbers.contains(number) { set.remove(number) }
    return set
  }
}

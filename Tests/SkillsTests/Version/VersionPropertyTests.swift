import TestSupport
import Testing

@testable import Skills

@Suite struct VersionPropertyTests {
  @Test func `the order of versions is total, antisymmetric and transitive`() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<20_000 {
      let left = VersionSamples.version(&random)
      let middle = VersionSamples.version(&random)
      let right = VersionSamples.version(&random)
      #expect([left < middle, middle < left, left == middle].count { $0 } == 1)
      if left < middle, middle < right { #expect(left < right) }
      if left.precedes(middle) { #expect(left < middle) }
    }
  }

  @Test func `every version is read back from its text`() throws {
    var random = SplitMix64(seed: 2)
    for _ in 0..<5000 {
      let version = VersionSamples.version(&random)
      #expect(try SemanticVersion(parsing: version.description) == version)
    }
  }

  @Test func `the newest of a range is in it, and nothing newer is`() {
    var random = SplitMix64(seed: 3)
    var found = 0
    for _ in 0..<3000 {
      let range = VersionSamples.range(&random)
      let versions = (0..<20).map { _ in VersionSamples.version(&random) }
      let newest = range.newest(of: versions)
      let inside = versions.filter(range.contains)
      #expect(newest == inside.max())
      if newest != nil { found += 1 }
    }
    #expect(found > 500)
  }

  @Test func `a range says of build metadata nothing`() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<3000 {
      let range = VersionSamples.range(&random)
      let version = VersionSamples.version(&random)
      #expect(range.contains(version) == range.contains(version.withoutBuild))
    }
  }

  @Test func `a pre-release is in a range only when one of the same three numbers is named`() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<5000 {
      let range = VersionSamples.range(&random)
      let version = VersionSamples.version(&random)
      guard version.isPrerelease, range.contains(version) else { continue }
      let named = range.alternatives.joined().filter { $0.version.isPrerelease }.map(\.version.core)
      #expect(named.contains(version.core), "\(range) \(version)")
    }
  }

  @Test func `every step moves forward, but for one to an exact version`() throws {
    var random = SplitMix64(seed: 6)
    let steps: [VersionBump] = [.patch, .minor, .major, .premajor, .preminor, .prepatch, .prerelease]
    for _ in 0..<5000 {
      let version = VersionSamples.version(&random).withoutBuild
      for step in steps {
        #expect(version < (try step.applied(to: version)), "\(step) \(version)")
      }
    }
  }
}

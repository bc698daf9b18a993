import Foundation
import TestSupport
import Testing

@testable import Skills

@Suite struct ResolverOracleTests {
  private static let numbers = ["1.0.0", "1.1.0", "1.2.0+linux", "2.0.0-beta.1", "2.0.0", "3.0.0-rc.1"]
  private static let ranges = [
    nil, nil, nil, "^1", "^1.1", "^2", ">=1.1.0", ">=1.0.0", "<2", "1.0.0", "2.0.0", "^2.0.0-beta", ">=3.0.0-0", "*",
    "*",
    "^9", "^1 || ^2.0.0-beta", "^1 || ^2", "<1.1 || >=2",
  ]

  @Test(arguments: 1...8) func `agrees with trying everything`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var solved = 0
    for round in 0..<400 {
      let (shelf, request) = try problem(&random)
      let oracle = BruteForce(shelf: shelf.versions, request: request)
      let result = shelf.run(request) { $0.shuffled(using: &random) }
      switch result {
      case .success(let resolution):
        solved += 1
        #expect(oracle.isValid(resolution.versions), "round \(round): \(resolution.versions)")
        #expect(unneeded(in: resolution, shelf, request).isEmpty, "round \(round)")
      case .failure(let failure):
        #expect(!oracle.isSolvable, "round \(round): \(failure.conflict.explanation)")
        #expect(!failure.conflict.explanation.isEmpty, "round \(round)")
        #expect(failure.conflict.explanation.allSatisfy { $0.hasSuffix(".") })
      }
    }
    #expect((80...320).contains(solved), "\(solved)")
  }

  @Test(arguments: 1...4) func `leaves no skill older than it could be among the others`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed) + 1_000)
    for round in 0..<400 {
      var (shelf, request) = try problem(&random)
      request.locked = [:]
      guard case .success(let resolution) = shelf.run(request) else { continue }
      let oracle = BruteForce(shelf: shelf.versions, request: request)
      for (name, number) in resolution.versions where !number.isPrerelease && request.pins[name] == nil {
        for newer in shelf.versions[name] ?? [] where newer.number > number && !newer.number.isPrerelease {
          let other = resolution.versions.merging([name: newer.number]) { $1 }
          #expect(!oracle.isValid(other), "round \(round): \(name)@\(newer.number) in \(resolution.versions)")
        }
      }
    }
  }

  @Test func `gives the same whatever the order of providing`() throws {
    var random = SplitMix64(seed: 99)
    for round in 0..<300 {
      let (shelf, request) = try problem(&random)
      let first = describe(shelf.run(request))
      for _ in 0..<3 {
        var resolver = Resolver(request)
        for (name, versions) in shelf.versions.shuffled(using: &random) where Bool.random(using: &random) {
          resolver.provide(versions.shuffled(using: &random), of: name)
        }
        var end = resolver.step()
        while case .needs(let names) = end {
          // One at a time, and any of them.
          if let name = names.randomElement(using: &random) { resolver.provide(shelf.versions[name] ?? [], of: name) }
          end = resolver.step()
        }
        switch end {
        case .solved(let resolution): #expect(describe(.success(resolution)) == first, "round \(round)")
        case .conflict(let conflict): #expect(describe(.failure(.init(conflict: conflict))) == first, "round \(round)")
        case .needs, .working: break
        }
      }
    }
  }

  @Test func `gives the same however often it pauses`() throws {
    var random = SplitMix64(seed: 21)
    var hasty = ResolutionLimits.standard
    hasty.pace = 1
    for round in 0..<300 {
      let (shelf, request) = try problem(&random)
      #expect(describe(shelf.run(request, limits: hasty)) == describe(shelf.run(request)), "round \(round)")
    }
  }

  @Test func `takes the newest of what it wants alone`() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<500 {
      let numbers = try Self.numbers.shuffled(using: &random).prefix(4).map { try SemanticVersion(parsing: $0) }
      let name = try Shelf.name("a")
      let range = try Self.ranges.randomElement(using: &random)!.map { try VersionRange(parsing: $0) }
      let shelf = Shelf([name: numbers.map { AvailableVersion(number: $0) }])
      let result = shelf.run(ResolutionRequest(roots: [SkillReference(name: name, range: range)]))
      let stable = numbers.filter { !$0.isPrerelease }
      let newest = range.map { $0.newest(of: numbers) } ?? stable.max() ?? numbers.max()
      #expect((try? result.get())?.versions[name] == newest)
    }
  }

  @Test func `keeps a lock that is still a solution`() throws {
    var random = SplitMix64(seed: 11)
    var kept = 0
    for _ in 0..<800 {
      var (shelf, request) = try problem(&random)
      guard case .success(let before) = shelf.run(request) else { continue }
      request.locked = before.versions
      shelf = Shelf(
        shelf.versions.mapValues {
          $0.map { version in
            var version = version
            version.isYanked = version.isYanked || Bool.random(using: &random)
            return version
          }
        })
      let after = try shelf.run(request).get()
      #expect(after.versions == before.versions)
      kept += 1
    }
    #expect(kept > 200)
  }

  private func describe(_ result: Result<Resolution, Shelf.Failure>) -> String {
    switch result {
    case .success(let resolution):
      "\(resolution.versions.sorted { $0.key < $1.key }) \(resolution.passedOver)"
    case .failure(let failure): "\(failure.conflict.explanation) \(failure.conflict.suggestions)"
    }
  }

  /// What is installed although nobody needs it.
  private func unneeded(in resolution: Resolution, _ shelf: Shelf, _ request: ResolutionRequest) -> Set<SkillName> {
    var unseen = Set(resolution.versions.keys)
    var waiting = request.roots.map(\.name)
    while let name = waiting.popLast() {
      guard unseen.remove(name) != nil else { continue }
      let version = shelf.versions[name]?.first { $0.number == resolution.versions[name] }
      waiting += version?.dependencies.map(\.name) ?? []
    }
    return unseen
  }

  /// A few skills with up to four versions each, of which most need others.
  private func problem(_ random: inout SplitMix64) throws -> (Shelf, ResolutionRequest) {
    let names = try ["a", "b", "c", "d"].prefix(Int.random(in: 2...4, using: &random)).map(Shelf.name)
    let known = Int.random(in: 0..<4, using: &random) > 0 ? names : names.dropLast()
    var shelf: [SkillName: [AvailableVersion]] = [:]
    for name in known {
      for number in Self.numbers.shuffled(using: &random).prefix(Int.random(in: 2...4, using: &random)) {
        let needs = try (0..<Int.random(in: 0...2, using: &random)).map { _ in try reference(names, &random) }
        shelf[name, default: []].append(
          AvailableVersion(
            number: try SemanticVersion(parsing: number), dependencies: needs,
            isYanked: Int.random(in: 0..<8, using: &random) == 0,
            publishedAt: Shelf.day(Double(Int.random(in: 0..<10, using: &random)))))
      }
    }
    var request = ResolutionRequest(
      roots: try (0..<Int.random(in: 1...3, using: &random)).map { _ in try reference(names, &random) })
    for name in known {
      guard let some = shelf[name]?.randomElement(using: &random) else { continue }
      if Int.random(in: 0..<5, using: &random) == 0 { request.locked[name] = some.number }
      if Int.random(in: 0..<12, using: &random) == 0 { request.pins[name] = some.number }
    }
    if Int.random(in: 0..<4, using: &random) == 0 { request.publishedBefore = Shelf.day(7) }
    return (Shelf(shelf), request)
  }

  private func reference(_ names: [SkillName], _ random: inout SplitMix64) throws -> SkillReference {
    let range = Self.ranges.randomElement(using: &random)!
    return SkillReference(
      name: names.randomElement(using: &random)!, range: try range.map { try VersionRange(parsing: $0) })
  }
}

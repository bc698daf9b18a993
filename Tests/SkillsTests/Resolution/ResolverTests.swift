import TestSupport
import Testing

@testable import Skills

@Suite struct ResolverTests {
  @Test(arguments: ResolverCase.choices) func `chooses`(_ example: ResolverCase) throws {
    try check(example)
  }

  @Test(arguments: ResolverCase.prereleases) func `takes`(_ example: ResolverCase) throws {
    try check(example)
  }

  @Test(arguments: ResolverCase.kept) func `keeps`(_ example: ResolverCase) throws {
    try check(example)
  }

  @Test(arguments: ResolverCase.passedOver) func `passes over`(_ example: ResolverCase) throws {
    try check(example)
  }

  private func check(_ example: ResolverCase) throws {
    let request = try Shelf.request(
      example.roots, locked: example.locked, pins: example.pins, publishedBefore: example.before)
    #expect(try Shelf(example.shelf).outcome(request) == example.outcome)
  }

  @Test func `tells of newer versions that were passed over, but not of those that nobody wants`() throws {
    let shelf = try Shelf([
      "a 1.0.0: b@^1", "a 1.1.0 yanked", "a 1.2.0 day9", "a 2.0.0 yanked", "b 1.0.0", "b 0.9.0 yanked",
      "b 2.0.0 yanked",
    ])
    let resolution = try shelf.run(try Shelf.request(["a@^1"], publishedBefore: 5)).get()
    #expect(
      resolution.passedOver == [
        PassedOver(
          name: try Shelf.name("a"), number: try SemanticVersion(parsing: "1.2.0"),
          reason: .tooNew(publishedAt: Shelf.day(9))),
        PassedOver(name: try Shelf.name("a"), number: try SemanticVersion(parsing: "1.1.0"), reason: .yanked),
      ])
  }

  @Test func `asks for all it can know of at once`() throws {
    let shelf = try Shelf(["a 1.0.0: c d", "b 1.0.0: e", "c 1.0.0: f", "d 1.0.0", "e 1.0.0", "f 1.0.0", "x 1.0.0: y"])
    var resolver = Resolver(try Shelf.request(["b", "a"], locked: ["x@1.0.0"]))
    var rounds: [String] = []
    while case .needs(let names) = resolver.step() {
      rounds.append(names.map(\.slug.rawValue).joined(separator: " "))
      for name in names { resolver.provide(shelf.versions[name] ?? [], of: name) }
    }
    #expect(rounds == ["a b x", "c d e y", "f"])
  }

  @Test func `asks again for what was not provided, and repeats its answer`() throws {
    var resolver = Resolver(try Shelf.request(["a"]))
    for _ in 0..<3 {
      guard case .needs(let names) = resolver.step() else { return #expect(Bool(false), "asked once only") }
      #expect(names == [try Shelf.name("a")])
    }
    resolver.provide([AvailableVersion(number: .initial)], of: try Shelf.name("a"))
    resolver.provide([], of: try Shelf.name("a"))
    for _ in 0..<2 {
      guard case .solved(let resolution) = resolver.step() else { return #expect(Bool(false), "solved once only") }
      #expect(resolution.versions == [try Shelf.name("a"): .initial])
    }
  }

  @Test func `handles skills with hundreds of versions`() throws {
    let lines = (0..<300).flatMap { ["a 1.\($0).0: b@<=1.\($0).0", "b 1.\($0).0: c@>=1.\(299 - $0).0", "c 1.\($0).0"] }
    let request = try Shelf.request(["a", "c@<=1.150.0"])
    #expect(try Shelf(lines).outcome(request) == "a@1.299.0 b@1.299.0 c@1.150.0")
    let tight = try Shelf.request(["a@<1.200.0", "c@<=1.130.0"])
    #expect(try Shelf(lines).outcome(tight) == "a@1.199.0 b@1.199.0 c@1.130.0")
    #expect(try Shelf(lines).outcome(try Shelf.request(["a@<1.100.0", "c@<=1.130.0"])) == "conflict")
  }

  @Test(arguments: [
    ResolutionLimits(decisions: 5, incompatibilities: .max, work: .max),
    ResolutionLimits(decisions: .max, incompatibilities: 50, work: .max),
    ResolutionLimits(decisions: .max, incompatibilities: .max, work: 500),
  ])
  func `gives up with a reason when it takes too much`(limits: ResolutionLimits) throws {
    let graph = try SkillGraph(skills: 60, versions: 12, trouble: 10, seed: 7)
    let failure = Shelf(graph.versions).run(ResolutionRequest(roots: graph.roots), limits: limits)
    guard case .failure(let failure) = failure else { return #expect(Bool(false), "solved within \(limits)") }
    #expect(failure.conflict.explanation.first?.hasPrefix("It is too hard to find out") == true)
    #expect(failure.conflict.error.code == .unresolvable)
    #expect(failure.conflict.error.hint?.isEmpty == false)
  }

  @Test func `an exact need of a skill of no registry allows no more than any other need`() throws {
    var request = try Shelf.request(["b@1.0.0"])
    request.borrowed = Set(request.roots)
    let shelf = try Shelf(["b 1.0.0 yanked"])
    #expect(shelf.outcome(request) == "conflict")
    request.borrowed = []
    #expect(shelf.outcome(request) == "b@1.0.0")
  }

  @Test func `says why nothing can be had of a skill that exists`() throws {
    var resolver = Resolver(try Shelf.request(["a"]))
    resolver.provide([], of: try Shelf.name("a"), absence: "all of its versions were withdrawn by their author")
    guard case .conflict(let conflict) = resolver.step() else { return #expect(Bool(false), "nothing can be had") }
    #expect(conflict.explanation.first?.hasSuffix("but all of its versions were withdrawn by their author.") == true)
    #expect(!conflict.suggestions.contains { $0.hasPrefix("check the name") })
  }

  @Test(arguments: [0, 5, 30, 100]) func `finds the way through a large graph`(trouble: Int) throws {
    let graph = try SkillGraph(skills: 150, versions: 12, trouble: trouble, seed: 3)
    guard case .solved(let resolution) = graph.run(ResolutionRequest(roots: graph.roots)).end else {
      return #expect(Bool(false), "there is a solution")
    }
    #expect(resolution.versions.count == 150)
    for (name, number) in resolution.versions {
      let version = try #require(graph.versions[name]?.first { $0.number == number })
      for need in version.dependencies {
        let chosen = try #require(resolution.versions[need.name])
        #expect(need.range?.contains(chosen) == true, "\(name)@\(number) needs \(need), has \(chosen)")
      }
    }
  }
}

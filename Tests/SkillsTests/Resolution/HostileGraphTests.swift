import TestSupport
import Testing

@testable import Skills

/// Legal indexes that are made to keep a resolver busy, measured in work and not in time.
@Suite struct HostileGraphTests {
  /// Of `a` each version needs what no version of `b` goes together with.
  private static func ladder(_ count: Int) throws -> Shelf {
    let steps = (0..<count).flatMap { ["a 1.\($0).0: b@1.\($0).0 c@1.\($0 + 1).0", "b 1.\($0).0: c@1.\($0).0"] }
    return try Shelf(steps + (0...count).map { "c 1.\($0).0" })
  }

  /// Each of `count` skills wants one of `count - 1` places for itself.
  private static func pigeons(_ count: Int) throws -> Shelf {
    let pigeons = (0..<count).flatMap { pigeon in
      (0..<count - 1).map { hole in "p\(pigeon) 1.\(hole).0: h\(hole)@1.\(pigeon).0" }
    }
    let holes = (0..<count - 1).flatMap { hole in (0..<count).map { "h\(hole) 1.\($0).0" } }
    return try Shelf(pigeons + holes)
  }

  private func run(_ shelf: Shelf, _ roots: [String]) throws -> (resolver: Resolver, end: ResolutionConflict?) {
    let limits = ResolutionLimits(decisions: .max, incompatibilities: .max, work: 4_000_000)
    var resolver = Resolver(try Shelf.request(roots), limits: limits)
    while true {
      let before = resolver.work
      let step = resolver.step()
      // One examination may go a little beyond what a step is to do.
      #expect(resolver.work - before < 20 * resolver.limits.pace)
      switch step {
      case .needs(let names): for name in names { resolver.provide(shelf.versions[name] ?? [], of: name) }
      case .working: continue
      case .solved: return (resolver, nil)
      case .conflict(let conflict): return (resolver, conflict)
      }
    }
  }

  @Test func `the work for a ladder of contradictions grows no faster than the square of its length`() throws {
    let (short, end) = try run(Self.ladder(100), ["a"])
    let (long, other) = try run(Self.ladder(400), ["a"])
    #expect(end != nil && other != nil)
    #expect(long.work < 20 * short.work, "\(short.work) and \(long.work)")
  }

  @Test(arguments: [8, 14]) func `too many skills for too few places end in an answer`(count: Int) throws {
    let (resolver, end) = try run(Self.pigeons(count), (0..<count).map { "p\($0)" })
    #expect(end != nil)
    #expect(resolver.work < resolver.limits.work + 20 * resolver.limits.pace)
  }
}

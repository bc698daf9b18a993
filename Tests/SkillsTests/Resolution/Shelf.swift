import Foundation

@testable import Skills

/// Versions to resolve among, each written as a line: `app 1.2.0 yanked day5: base@^1 tool`.
///
/// All skills are of the author `acme`; days count from the start of 2026.
struct Shelf {
  private(set) var versions: [SkillName: [AvailableVersion]] = [:]

  init(_ lines: [String]) throws {
    for line in lines {
      let halves = line.split(separator: ":", maxSplits: 1)
      let words = halves[0].split(separator: " ").map(String.init)
      let needs = halves.count == 2 ? halves[1].split(separator: " ").map(String.init) : []
      let day = words.first { $0.hasPrefix("day") }.flatMap { Double($0.dropFirst(3)) }
      let version = AvailableVersion(
        number: try SemanticVersion(parsing: words[1]), dependencies: try needs.map(Shelf.reference),
        isYanked: words.contains("yanked"), publishedAt: Shelf.day(day ?? 0))
      versions[try Shelf.name(words[0]), default: []].append(version)
    }
  }

  init(_ versions: [SkillName: [AvailableVersion]]) {
    self.versions = versions
  }

  static func day(_ day: Double) -> Date { Date(timeIntervalSince1970: 1_767_225_600 + day * 86_400) }

  static func name(_ slug: String) throws -> SkillName { try SkillName(parsing: "acme/\(slug)") }

  static func reference(_ text: String) throws -> SkillReference { try SkillReference(parsing: "acme/\(text)") }

  static func request(
    _ roots: [String], locked: [String] = [], pins: [String] = [], publishedBefore: Double? = nil
  ) throws -> ResolutionRequest {
    var request = ResolutionRequest(roots: try roots.map(reference))
    request.locked = try exact(locked)
    request.pins = try exact(pins)
    if let publishedBefore {
      request.publishedBefore = day(publishedBefore)
      request.minimumAge = try MinimumAge(parsing: "3d")
    }
    return request
  }

  private static func exact(_ texts: [String]) throws -> [SkillName: SemanticVersion] {
    var result: [SkillName: SemanticVersion] = [:]
    for text in texts {
      let parts = text.split(separator: "@").map(String.init)
      result[try name(parts[0])] = try SemanticVersion(parsing: parts[1])
    }
    return result
  }

  /// Provides what is asked for, one after the other in the order that `shuffle` makes of it.
  func run(
    _ request: ResolutionRequest, limits: ResolutionLimits = .standard,
    shuffle: ([SkillName]) -> [SkillName] = { $0 }
  ) -> Result<Resolution, Failure> {
    var resolver = Resolver(request, limits: limits)
    while true {
      switch resolver.step() {
      case .needs(let names):
        for name in shuffle(names) { resolver.provide(versions[name] ?? [], of: name) }
      case .solved(let resolution): return .success(resolution)
      case .conflict(let conflict): return .failure(Failure(conflict: conflict))
      case .working: continue
      }
    }
  }

  /// As one line, such as `app@1.0.0 base@1.2.0`, or `conflict`.
  func outcome(_ request: ResolutionRequest) -> String {
    guard case .success(let resolution) = run(request) else { return "conflict" }
    return resolution.versions.sorted { $0.key < $1.key }.map { "\($0.key.slug)@\($0.value)" }.joined(separator: " ")
  }

  struct Failure: Error {
    var conflict: ResolutionConflict
  }
}

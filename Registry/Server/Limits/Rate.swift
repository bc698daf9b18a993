import RegistryStore

/// How many requests one client may make in how much time, evenly or all at once.
package struct Rate: Hashable, Sendable, CustomStringConvertible {
  package let count: Int
  package let seconds: Int

  package init(_ count: Int, perSeconds seconds: Int) {
    self.count = count
    self.seconds = seconds
  }

  /// Reads `20/hour`: a number above 0, and second, minute, hour or day.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), count > 0, count <= 1_000_000,
      let seconds = Self.units.first(where: { $0.name == parts[1] })?.seconds
    else { return nil }
    self.init(count, perSeconds: seconds)
  }

  var limit: RateLimit { RateLimit(burst: count, interval: Double(seconds) / Double(count)) }

  package var description: String {
    Self.units.first { $0.seconds == seconds }.map { "\(count)/\($0.name)" } ?? "\(count) in \(seconds) s"
  }

  private static let units: [(name: String, seconds: Int)] = [
    ("second", 1), ("minute", 60), ("hour", 3_600), ("day", 86_400),
  ]
}

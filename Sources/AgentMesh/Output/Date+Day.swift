import FoundationSubset

extension Date {
  /// The day alone, such as `2026-01-31` (UTC).
  var day: String { String(ISO8601Format().prefix(10)) }
}

import Foundation

/// A time as pages show it: its day, and the whole of it for machines (UTC).
struct PageTime: Sendable {
  var iso: String
  var day: String

  init(_ date: Date) {
    iso = date.ISO8601Format()
    day = String(iso.prefix(10))
  }
}

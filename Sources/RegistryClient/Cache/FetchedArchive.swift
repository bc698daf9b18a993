/// An archive whose digest has been checked: in memory when it is small, else in a file.
package enum FetchedArchive: Sendable {
  case bytes([UInt8])
  case file(String)

  /// Archives up to this size are never written to a file.
  package static let smallSize = 1 << 20
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much fits on a line.
enum TerminalWidth {
  /// Where nobody says: wide enough to be of use, narrow enough for a page.
  private static let standard = 100

  /// Columns of the terminal on stdout, else what `COLUMNS` says.
  static func columns(environment: [String: String]) -> Int {
    columns(of: .standardOutput) ?? environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? standard
  }

  /// Columns of the terminal on a stream; nil when it is none, or does not say.
  static func columns(of stream: Streams.Stream) -> Int? {
    var size = winsize()
    guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

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
    var size = winsize()
    if ioctl(Streams.Stream.standardOutput.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? standard
  }
}

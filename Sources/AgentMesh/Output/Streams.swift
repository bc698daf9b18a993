#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The two streams of the process: data on stdout, talk on stderr.
enum Streams {
  enum Stream: Int32 {
    case standardOutput = 1
    case standardError = 2
  }

  /// Writes everything, or what the other end still takes.
  static func write(_ text: String, to stream: Stream) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { posixWrite(stream.rawValue, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }

  static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }
}

private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

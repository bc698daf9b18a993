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

  /// Writes everything.
  ///
  /// - Returns: False when not all of it was taken; `errno` says why.
  @discardableResult static func write(_ text: String, to stream: Stream) -> Bool {
    write(Array(text.utf8), to: stream.rawValue)
  }

  /// As above, to any open file.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { posixWrite(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }

  static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }
}

private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

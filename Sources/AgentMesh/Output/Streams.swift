import Synchronization

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

  /// Whether the last line on the terminal is a passing one.
  private static let isPassingLineShown = Mutex(false)

  /// Writes everything, in the place of a passing line that is shown.
  ///
  /// - Returns: False when not all of it was taken; `errno` says why.
  @discardableResult static func write(_ text: String, to stream: Stream) -> Bool {
    isPassingLineShown.withLock { isShown in
      erase(&isShown)
      return write(Array(text.utf8), to: stream.rawValue)
    }
  }

  /// Shows a line on the terminal of stderr that the next text takes the place of, whoever writes it.
  ///
  /// It has to be narrower than the terminal, since only one line can be erased.
  static func showPassing(_ line: String) {
    isPassingLineShown.withLock { isShown in
      isShown = true
      _ = write(Array("\r\u{1B}[K\(line)".utf8), to: Stream.standardError.rawValue)
    }
  }

  /// Removes a passing line.
  static func clearPassing() { isPassingLineShown.withLock { erase(&$0) } }

  private static func erase(_ isShown: inout Bool) {
    if isShown { _ = write(Array("\r\u{1B}[K".utf8), to: Stream.standardError.rawValue) }
    isShown = false
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

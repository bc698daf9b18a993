import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What comes on stdin, read so that an interruption ends the wait for it.
enum StandardInput {
  /// At most `limit` bytes; fewer only when there are no more.
  ///
  /// - Throws: `CancellationError` after an interruption.
  static func bytes(upTo limit: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    while result.count < limit {
      let more = try chunk(upTo: min(limit - result.count, 1 << 16))
      if more.isEmpty { break }
      result += more
    }
    return result
  }

  /// A line without its end; nil when there is none.
  ///
  /// Takes no byte of what follows.
  ///
  /// - Throws: `CancellationError` after an interruption.
  static func line() throws -> String? {
    var result: [UInt8] = []
    while let byte = try chunk(upTo: 1).first {
      if byte == UInt8(ascii: "\n") { return text(result) }
      result.append(byte)
    }
    return result.isEmpty ? nil : text(result)
  }

  /// As `line()`, of a terminal that does not show what is typed from the question on.
  static func hiddenLine(asking question: () -> Void) throws -> String? {
    TerminalEcho.turnOff()
    defer { TerminalEcho.restore() }
    question()
    return try line()
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
  }

  /// What there is, as soon as there is something; nothing at the end.
  ///
  /// - Throws: `CancellationError` after an interruption.
  static func chunk(upTo limit: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    while true {
      try Task.checkCancellation()
      var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      guard poll(&input, 1, 100) > 0 else { continue }
      let count = read(0, &bytes, limit)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      return Array(bytes.prefix(max(count, 0)))
    }
  }
}

/// Whether the terminal shows what is typed.
enum TerminalEcho {
  /// How the terminal was before.
  private static let saved = Mutex<termios?>(nil)

  static func turnOff() {
    change(TCSAFLUSH) { $0 &= ~tcflag_t(ECHO) }
  }

  /// As `turnOff()`, and gives every key as it is pressed; what was typed before stays.
  static func takeKeys() {
    change(TCSADRAIN) { $0 &= ~tcflag_t(ECHO | ICANON) }
  }

  private static func change(_ moment: Int32, _ body: (inout tcflag_t) -> Void) {
    saved.withLock { saved in
      var settings = termios()
      guard saved == nil, tcgetattr(0, &settings) == 0 else { return }
      saved = settings
      body(&settings.c_lflag)
      tcsetattr(0, moment, &settings)
    }
  }

  /// Also for whoever is about to end the process.
  static func restore() {
    saved.withLock { saved in
      guard var settings = saved else { return }
      tcsetattr(0, TCSADRAIN, &settings)
      saved = nil
    }
  }
}

import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// A terminal of 80 columns with `agent-mesh` in it, and somebody who reads and types.
final class Terminal: Sendable {
  struct Ending: Sendable {
    var status: Int32
    /// Everything that was written to the terminal, with every escape sequence.
    var transcript: String

    /// What stands on the screen in the end.
    var screen: Screen { Screen(showing: transcript) }
  }

  static let columns = 80

  /// The side of whoever looks, which never blocks, and the side of the program.
  private let primary: Int32
  private let secondary: Int32
  private let name: String
  private let received = Mutex([UInt8]())
  private let hasEnded = Mutex(false)

  /// Runs `agent-mesh` until it ends; killed when the test ends before.
  ///
  /// - Parameter typing: What somebody does meanwhile.
  static func run(
    _ arguments: [String], environment: [String: String], folder: String,
    typing: (Terminal) async throws -> Void = { _ in }
  ) async throws -> Ending {
    let terminal = try Terminal()
    async let _ = terminal.read()
    async let status = terminal.start(
      [Program.agentMesh] + arguments, ["TERM": "xterm-256color"].merging(environment) { $1 }, folder)
    try await typing(terminal)
    let ending = try await status
    terminal.readWhatIsThere()
    return Ending(status: ending, transcript: terminal.transcript)
  }

  private init() throws {
    var (primary, secondary) = (Int32(-1), Int32(-1))
    var size = winsize(ws_row: 24, ws_col: UInt16(Self.columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&primary, &secondary, nil, nil, &size) == 0, let name = ttyname(secondary) else {
      throw Registry.Failure("no terminal")
    }
    for side in [primary, secondary] { _ = fcntl(side, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(primary, F_SETFL, O_NONBLOCK)
    (self.primary, self.secondary, self.name) = (primary, secondary, String(cString: name))
  }

  deinit {
    close(primary)
    close(secondary)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(primary, bytes, bytes.count)
  }

  /// As the key does it: the terminal makes a signal of it for the program in front.
  func pressControlC() { type("\u{3}") }

  /// Waits until a text was written.
  ///
  /// - Throws: When the program ends without it, or a minute passes.
  func expect(_ text: String) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while !transcript.contains(text) {
      let isOver = hasEnded.withLock { $0 }
      if isOver { readWhatIsThere() }
      guard transcript.contains(text) || (!isOver && ContinuousClock.now < deadline) else {
        throw Registry.Failure("'\(text)' does not appear in: \(transcript)")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Everything so far.
  var transcript: String { received.withLock { String(decoding: $0, as: UTF8.self) } }

  /// Reads until it is cancelled: a program that is not read from stands still.
  private func read() async {
    while !Task.isCancelled {
      readWhatIsThere()
      try? await Task.sleep(for: .milliseconds(2))
    }
  }

  private func readWhatIsThere() {
    received.withLock { received in
      var piece = [UInt8](repeating: 0, count: 64 << 10)
      while case let count = Foundation.read(primary, &piece, piece.count), count > 0 { received += piece[..<count] }
    }
  }

  /// Runs a program in a session of its own, whose terminal is the first one that is opened in it: this one.
  private func start(_ command: [String], _ environment: [String: String], _ folder: String) async throws -> Int32 {
    defer { hasEnded.withLock { $0 = true } }
    var options = PlatformOptions()
    options.createSession = true
    let script = #"terminal=$1; shift; exec "$@" <>"$terminal" >&0 2>&0"#
    let record = try await Subprocess.run(
      .path("/bin/sh"), arguments: Arguments(["-c", script, "sh", name] + command),
      environment: .custom(environment.reduce(into: [:]) { $0[.init(stringLiteral: $1.key)] = $1.value }),
      workingDirectory: FilePath(folder), platformOptions: options, input: .none, output: .discarded,
      error: .discarded)
    switch record.terminationStatus {
    case .exited(let code): return code
    case .signaled(let number): return -number
    }
  }
}

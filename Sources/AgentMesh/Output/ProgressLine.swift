import Skills
import Synchronization

/// One line on a terminal that says how far long work is; silent anywhere else.
final class ProgressLine: Sendable {
  private struct State {
    var shown = ""
    var lastDrawn: ContinuousClock.Instant?
  }

  private let isOn: Bool
  private let state = Mutex(State())

  init(isOn: Bool) {
    self.isOn = isOn
  }

  /// Shows `text`, at most every 80 ms.
  func show(_ text: String) {
    guard isOn else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      if let last = state.lastDrawn, now - last < .milliseconds(80) { return }
      state.lastDrawn = now
      state.shown = text
      Streams.write("\r\u{1B}[K\(TerminalText.escaped(text, limit: 100))", to: .standardError)
    }
  }

  /// Removes the line, so that other text can follow.
  func clear() {
    guard isOn else { return }
    state.withLock { state in
      guard !state.shown.isEmpty else { return }
      state.shown = ""
      Streams.write("\r\u{1B}[K", to: .standardError)
    }
  }
}

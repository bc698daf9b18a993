import Skills
import Synchronization

/// Says how far long work is.
///
/// Text that is said elsewhere takes the place of the line, see `Streams.showPassing`.
final class ProgressLine: Sendable {
  enum Manner: Sendable {
    /// One line on a terminal, drawn over and over.
    case redrawn
    /// Lines of a log, only for work that takes long.
    case sparse
    case silent

    /// What fits a stream; silent for who asked for JSON.
    init(isTerminal: Bool, environment: [String: String], isQuiet: Bool) {
      self = isQuiet ? .silent : isTerminal && environment["TERM"] != "dumb" ? .redrawn : .sparse
    }

    /// The least time between two texts.
    fileprivate var pause: Duration {
      switch self {
      case .redrawn: .milliseconds(80)
      case .sparse, .silent: .seconds(10)
      }
    }
  }

  private let manner: Manner
  private let lastSaid: Mutex<ContinuousClock.Instant>

  init(_ manner: Manner) {
    self.manner = manner
    // The first text is drawn at once, and logged only when the work takes a while.
    lastSaid = Mutex(manner == .redrawn ? .now - manner.pause : .now)
  }

  /// Says `text`, unless another text was said a moment ago.
  func show(_ text: Message) {
    let isDue = lastSaid.withLock { last in
      let now = ContinuousClock.now
      guard now - last >= manner.pause else { return false }
      last = now
      return true
    }
    if isDue { say(text) }
  }

  /// Says `text` in any case: it is what the work does for a while.
  func announce(_ text: Message) {
    lastSaid.withLock { $0 = .now }
    say(text)
  }

  /// Removes the line.
  func clear() { Streams.clearPassing() }

  private func say(_ text: Message) {
    switch manner {
    case .redrawn:
      let columns = TerminalWidth.columns(of: .standardError) ?? 80
      Streams.showPassing(ScreenText.cut(text, to: columns - 1).description)
    case .sparse: Talk(style: .plain).info(text)
    case .silent: break
    }
  }
}

import Foundation
import Skills

/// What the program says beside its data: one line each on stderr, `HH:MM:SS LEVEL  text` in UTC.
struct Talk: Sendable {
  enum Level: String {
    case info = "INFO"
    case ok = "OK"
    case warn = "WARN"
    case error = "ERROR"
  }

  let style: Style

  func info(_ text: String) { say(.info, text) }
  func ok(_ text: String) { say(.ok, text) }
  func warn(_ text: String) { say(.warn, text) }
  func error(_ text: String) { say(.error, text) }

  /// Shows text of several lines as it is: everything in it that comes from elsewhere has passed the sanitizer.
  func show(_ block: String) { Streams.write(block + "\n", to: .standardError) }

  private func say(_ level: Level, _ text: String) {
    let seconds = Int(Date().timeIntervalSince1970) % 86_400
    let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
    let name = level.rawValue.padding(toLength: 5, withPad: " ", startingAt: 0)
    Streams.write(
      "\(style.faint(clock.joined(separator: ":"))) \(coloured(name, level)) \(TerminalText.escapedBlock(text))\n",
      to: .standardError)
  }

  private func coloured(_ name: String, _ level: Level) -> String {
    switch level {
    case .info: name
    case .ok: style.green(name)
    case .warn: style.yellow(name)
    case .error: style.red(name)
    }
  }
}

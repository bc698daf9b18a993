import Skills

/// What the program says beside its data, on stderr: `error: …`, `warning: …`, `hint: …`, and lines of their own.
///
/// The same on a terminal and in a log, which has a clock of its own.
struct Talk: Sendable {
  /// How much is said.
  enum Level: Comparable, Sendable {
    /// Errors with their hints, and warnings.
    case quiet
    case normal
    /// Also what the program does for it, such as its requests.
    case verbose
  }

  let style: Style
  var level = Level.normal

  func info(_ text: Message) { say(text, from: .normal) }
  func warn(_ text: Message) { say("\(style.yellow("warning:")) \(text)", from: .quiet) }
  func detail(_ text: Message) { say("\(style.faint("debug:")) \(text)", from: .verbose) }
  func error(_ text: Message) { say("\(style.red("error:")) \(text)", from: .quiet) }
  func hint(_ text: Message) { say("\(style.faint("hint:")) \(Self.laidOut(text))", from: .quiet) }

  /// Shows text of several lines, however little is to be said.
  func show(_ block: Message) { Streams.write("\(block)\n", to: .standardError) }

  private func say(_ text: Message, from least: Level) {
    if level >= least { Streams.write("\(text)\n", to: .standardError) }
  }

  /// A command that ends a hint, behind a colon, stands on a line of its own as it is typed.
  static func laidOut(_ hint: Message) -> Message {
    let text = hint.description
    guard let start = text.ranges(of: ": agent-mesh").last?.lowerBound else { return hint }
    let command = text[start...].dropFirst(2)
    // Another sentence behind it: nobody could tell where the command ends.
    if command.contains(". ") || command.contains("; ") || command.contains("\n") { return hint }
    return Message(trusted: "\(text[..<start]):\n  \(command)")
  }
}

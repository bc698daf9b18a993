import Foundation

/// A system call of a traced program, from the log of `strace -f -y`.
struct TracedCall: CustomStringConvertible {
  /// Without the number of the thread: `fsync(5</data/file>) = 0`.
  let description: String
  /// Where it begins and where it ends among the lines of the log.
  private let begin: Int
  private let end: Int

  /// The calls of a log, in the order in which they began.
  static func read(_ log: String) throws -> [TracedCall] {
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    var open: [Substring: (text: String, line: Int)] = [:]
    var calls: [TracedCall] = []
    for (number, line) in lines.enumerated() {
      let thread = line.prefix { $0 != " " }
      let text = line.dropFirst(thread.count).trimmingCharacters(in: .whitespaces)
      if text.hasSuffix("<unfinished ...>") {
        open[thread] = (text.replacing("<unfinished ...>", with: ""), number)
      } else if text.hasPrefix("<... "), let start = open.removeValue(forKey: thread) {
        let rest = text.drop { $0 != ">" }.dropFirst()
        calls.append(TracedCall(description: start.text + rest, begin: start.line, end: number))
      } else {
        calls.append(TracedCall(description: text, begin: number, end: number))
      }
    }
    return calls.sorted { $0.begin < $1.begin }
  }

  /// Whether it is a call of that name which names all of the texts, and succeeded.
  func isA(_ name: String, _ texts: String...) -> Bool {
    description.hasPrefix(name + "(") && !description.contains("= -1") && texts.allSatisfy(description.contains)
  }

  var isSync: Bool { isA("fsync") || isA("fdatasync") }

  /// The path of the file that it is about, as `-y` shows it behind the first descriptor.
  var path: String { String(description.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }) }

  /// The texts in quotes, in their order.
  var names: [String] {
    description.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// Whether it had ended when the other one began.
  func isBefore(_ other: TracedCall) -> Bool { end < other.begin }
}

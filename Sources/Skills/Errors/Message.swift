/// Text for a person, in which everything that is interpolated is made safe for a terminal.
///
/// As values travel beside the text of a query, so what comes from elsewhere stays apart from what this program says:
/// a name, a path or a server's reason can neither move the cursor, nor hide text, nor forge a line.
///
///     "'\(path)' has no SKILL.md"               // escaped, and cut to 300 characters
///     "the registry says: \(reason, limit: 80)" // escaped, and cut to 80
///     "\(explanation)"                          // another message passes as it is
package struct Message: Hashable, Sendable, CustomStringConvertible {
  /// How much of an interpolated text is shown, in Unicode scalars.
  package static let standardLimit = 300

  package let description: String

  /// Text from anywhere, on one line.
  package init(_ value: some CustomStringConvertible, limit: Int = Self.standardLimit) {
    description = TerminalText.escaped(value.description, limit: limit)
  }

  /// Text from anywhere that is shown as a block: its line feeds and tabs stay.
  package init(block text: String) {
    description = TerminalText.escapedBlock(text)
  }

  /// Text from anywhere as it is, which may go into a pipe or a file, and never to a terminal.
  package init(verbatim text: String) {
    description = text
  }

  /// Text that this program has put together out of safe parts; it may have several lines.
  package init(trusted text: String) {
    description = text
  }

  package var isEmpty: Bool { description.isEmpty }

  package static func + (left: Message, right: Message) -> Message {
    Message(trusted: left.description + right.description)
  }

  package static func += (left: inout Message, right: Message) { left = left + right }
}

extension Message: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) {
    self.init(trusted: text)
  }

  package init(stringInterpolation: StringInterpolation) {
    self.init(trusted: stringInterpolation.text)
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text: String

    package init(literalCapacity: Int, interpolationCount: Int) {
      text = ""
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    package mutating func appendLiteral(_ literal: String) {
      text += literal
    }

    /// Text from anywhere, on one line.
    package mutating func appendInterpolation(
      _ value: some CustomStringConvertible, limit: Int = Message.standardLimit
    ) {
      text += TerminalText.escaped(value.description, limit: limit)
    }

    /// What an error says of itself; it has made its own parts safe when it is one of ours.
    package mutating func appendInterpolation(_ error: any Error) {
      text += (error as? any MeshErrorConvertible)?.meshError.message ?? TerminalText.escaped("\(error)", limit: 300)
    }

    package mutating func appendInterpolation(_ error: some Error & CustomStringConvertible) {
      text += TerminalText.escaped(error.description, limit: 1_000)
    }

    package mutating func appendInterpolation(_ message: Message) {
      text += message.description
    }

    /// Text that was made safe already, and keeps its lines.
    package mutating func appendInterpolation(trusted text: String) {
      self.text += text
    }
  }
}

extension Sequence<Message> {
  package func joined(separator: String = "") -> Message {
    Message(trusted: map(\.description).joined(separator: separator))
  }
}

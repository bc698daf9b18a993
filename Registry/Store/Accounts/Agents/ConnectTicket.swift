import Skills

/// What connects an agent once: `ct_` and 43 random base62 characters.
///
/// Only its SHA-256 is ever stored. It prints as a constant, so that no log or error can carry it.
package struct ConnectTicket: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package static let prefix = "ct_"

  private let random: Secret

  /// The text that its owner keeps.
  package var secret: String { Self.prefix + random.text }

  var hash: Digest { random.hash }

  init() {
    random = Secret()
  }

  /// Reads a presented one; nil when it cannot be one, which spares a look-up.
  package init?(presented text: String) {
    guard text.hasPrefix(Self.prefix), let random = Secret(presented: String(text.dropFirst(Self.prefix.count)))
    else { return nil }
    self.random = random
  }

  package var description: String { "<ticket>" }
  package var debugDescription: String { "<ticket>" }
}

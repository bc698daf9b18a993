import Skills

/// An address for mail, as far as it can be told without sending any: a local part, `@` and a domain, at most 254 bytes
/// (RFC 5321, section 4.5.3.1.3) of visible ASCII.
package struct EmailAddress: Sendable, Hashable, SQLValueConvertible {
  package let text: String

  package init(parsing text: String) throws(MeshError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 254, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
      text.utf8.allSatisfy(\.isVisible)
    else {
      throw MeshError(
        .validationError, "'\(text, limit: 80)' is not an e-mail address", hint: "Write it as name@example.org.")
    }
    self.text = text
  }

  package var sqlValue: SQLValue { .text(text) }
}

import Skills

extension Digest {
  /// The strong tag of what has this digest (RFC 9110, section 8.8.3).
  var entityTag: String { "\"\(hexadecimal)\"" }
}

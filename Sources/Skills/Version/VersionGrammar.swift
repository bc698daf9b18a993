/// The pieces that versions and ranges are made of (SemVer 2.0.0, sections 2, 9 and 10).
enum VersionGrammar {
  /// A broken rule, before it is known which text and remedy to name.
  typealias Fault = VersionRefusal.Rule

  /// A number without leading zeros, at most 2^53 - 1.
  static func number(_ text: Substring) throws(Fault) -> UInt64 {
    guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else { throw Fault.notThreeNumbers }
    try checkStart(of: text)
    guard let number = UInt64(text), number <= SemanticVersion.maximumNumber else { throw Fault.numberTooLarge }
    return number
  }

  private static func checkStart(of digits: Substring) throws(Fault) {
    guard digits.utf8.count == 1 || digits.utf8.first != UInt8(ascii: "0") else { throw Fault.leadingZero }
  }

  /// The parts of a pre-release.
  static func prerelease(_ text: Substring) throws(Fault) -> [SemanticVersion.Identifier] {
    var identifiers: [SemanticVersion.Identifier] = []
    for part in try identifierParts(text) {
      if part.utf8.allSatisfy(\.isDigit) {
        try checkStart(of: part)
        identifiers.append(.number(String(part)))
      } else {
        identifiers.append(.word(String(part)))
      }
    }
    return identifiers
  }

  /// Build metadata: the same alphabet, but zeros may lead.
  static func build(_ text: Substring) throws(Fault) -> String {
    _ = try identifierParts(text)
    return String(text)
  }

  /// Cuts a version text into its numbers, its pre-release and its build metadata, none of them checked yet.
  static func cut(_ text: Substring) -> (numbers: Substring, prerelease: Substring?, build: Substring?) {
    let plus = text.utf8.firstIndex(of: UInt8(ascii: "+"))
    let build = plus.map { text[text.utf8.index(after: $0)...] }
    let front = text[..<(plus ?? text.endIndex)]
    guard let hyphen = front.utf8.firstIndex(of: UInt8(ascii: "-")) else { return (front, nil, build) }
    return (front[..<hyphen], front[front.utf8.index(after: hyphen)...], build)
  }

  /// What stands between the dots.
  static func parts(of text: Substring) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Substring.init)
  }

  static func isIdentifier(_ byte: UInt8) -> Bool { byte.isDigit || byte.isLetter || byte == UInt8(ascii: "-") }

  private static func identifierParts(_ text: Substring) throws(Fault) -> [Substring] {
    guard text.utf8.allSatisfy({ isIdentifier($0) || $0 == UInt8(ascii: ".") }) else {
      throw Fault.forbiddenCharacter
    }
    let parts = parts(of: text)
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw Fault.emptyIdentifier }
    return parts
  }
}

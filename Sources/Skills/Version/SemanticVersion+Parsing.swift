extension SemanticVersion {
  /// Reads a whole version, strictly: no `v`, no missing numbers, no leading zeros, at most 128 bytes.
  ///
  /// - Throws: `VersionRefusal` with the first rule that `text` breaks.
  package init(parsing text: String) throws(VersionRefusal) {
    do throws(VersionGrammar.Fault) {
      self = try Self.read(text)
    } catch {
      throw VersionRefusal(text: text, rule: error, nextStep: Self.nextStep(for: text, error))
    }
  }

  /// Reads a whole version, or one whose last numbers are missing and count as zero: `1`, `1.0`.
  ///
  /// For documents alone, where many authors write such versions; everywhere else a version has three numbers.
  ///
  /// - Throws: `VersionRefusal`, as for a whole version.
  package init(completing text: String) throws(VersionRefusal) {
    let numbers = VersionGrammar.parts(of: text[...])
    let isPartial = numbers.count < 3 && text.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
    guard isPartial, !text.isEmpty else {
      try self.init(parsing: text)
      return
    }
    do throws(VersionRefusal) {
      try self.init(parsing: text + String(repeating: ".0", count: 3 - numbers.count))
    } catch {
      throw VersionRefusal(text: text, rule: error.rule, nextStep: error.nextStep)
    }
  }

  private static func read(_ text: String) throws(VersionGrammar.Fault) -> SemanticVersion {
    if text.isEmpty { throw VersionGrammar.Fault.empty }
    if text.utf8.count > maximumBytes { throw VersionGrammar.Fault.tooLong }
    let pieces = VersionGrammar.cut(text[...])
    let numbers = VersionGrammar.parts(of: pieces.numbers)
    guard numbers.count == 3 else { throw VersionGrammar.Fault.notThreeNumbers }
    return SemanticVersion(
      try VersionGrammar.number(numbers[0]),
      try VersionGrammar.number(numbers[1]),
      try VersionGrammar.number(numbers[2]),
      prerelease: try pieces.prerelease.map(VersionGrammar.prerelease) ?? [],
      build: try pieces.build.map(VersionGrammar.build) ?? "")
  }

  /// The version that was probably meant: without a `v`, without leading zeros, with all three numbers.
  private static func nextStep(for text: String, _ rule: VersionRefusal.Rule) -> String {
    let fallback = "write it as 1.2.3"
    guard rule == .notThreeNumbers || rule == .leadingZero else { return fallback }
    let pieces = VersionGrammar.cut(text.drop { "vV= ".contains($0) })
    var numbers = pieces.numbers.split(separator: ".").map { number in
      let significant = number.drop { $0 == "0" }
      return significant.isEmpty ? "0" : significant
    }
    guard (1...3).contains(numbers.count) else { return fallback }
    numbers += Array(repeating: "0", count: 3 - numbers.count)
    let rest = (pieces.prerelease.map { "-" + $0 } ?? "") + (pieces.build.map { "+" + $0 } ?? "")
    guard let version = try? read(numbers.joined(separator: ".") + rest) else { return fallback }
    return "write it as \(version)"
  }
}

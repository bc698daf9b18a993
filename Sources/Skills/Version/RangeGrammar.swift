/// Reads the text of a range into bounds, by the expansions that npm's `semver` documents.
enum RangeGrammar {
  typealias Fault = VersionGrammar.Fault

  static func alternatives(of text: String) throws(Fault) -> [[VersionComparator]] {
    if text.utf8.count > VersionRange.maximumBytes { throw Fault.rangeTooLong }
    var alternatives: [[VersionComparator]] = []
    var count = 0
    for part in parts(of: text) {
      let words = try words(of: part)
      count += max(words.count, 1)
      if count > VersionRange.maximumComparators { throw Fault.tooManyComparators }
      alternatives.append(try bounds(of: words))
    }
    return alternatives
  }

  /// What stands between the `||`.
  private static func parts(of text: String) -> [Substring] {
    guard text.utf8.contains(UInt8(ascii: "|")) else { return [text[...]] }
    var parts: [Substring] = []
    var rest = text[...]
    while let bars = rest.firstRange(of: "||") {
      parts.append(rest[..<bars.lowerBound])
      rest = rest[bars.upperBound...]
    }
    return parts + [rest]
  }

  /// The words of one alternative, an operator that stands alone joined to the word after it.
  private static func words(of part: Substring) throws(Fault) -> [Substring] {
    var words: [Substring] = []
    var start: Substring.Index?
    for word in part.utf8.split(whereSeparator: blanks.contains).map(Substring.init) {
      if operators.contains(String(word)) {
        guard start == nil else { throw Fault.danglingOperator }
        start = word.startIndex
      } else {
        words.append(part[(start ?? word.startIndex)..<word.endIndex])
        start = nil
      }
    }
    guard start == nil else { throw Fault.danglingOperator }
    return words
  }

  private static let blanks = " \t".utf8
  private static let operators: Set<String> = ["^", "~", "~>", ">", "<", ">=", "<=", "="]

  private static func bounds(of words: [Substring]) throws(Fault) -> [VersionComparator] {
    if words.count == 3, words[1] == "-" { return try hyphen(words[0], words[2]) }
    var bounds: [VersionComparator] = []
    for word in words { bounds += try comparator(word) }
    return bounds
  }

  private static func hyphen(_ from: Substring, _ to: Substring) throws(Fault) -> [VersionComparator] {
    let from = try PartialVersion(parsing: from)
    let to = try PartialVersion(parsing: to)
    let lower = from.major.map { _ in VersionComparator(.greaterOrEqual, from.floor) }
    let upper: VersionComparator? =
      if to.major == nil { nil } else if let ceiling = to.ceiling { VersionComparator(.less, ceiling) } else {
        VersionComparator(.lessOrEqual, to.floor)
      }
    return [lower, upper].compactMap(\.self)
  }

  private static func comparator(_ word: Substring) throws(Fault) -> [VersionComparator] {
    let sign = Substring(word.utf8.prefix(while: "^~<>=".utf8.contains))
    let rest = Substring(word.utf8[sign.endIndex...].drop(while: blanks.contains))
    if rest.isEmpty { throw Fault.danglingOperator }
    let partial = try PartialVersion(parsing: rest)
    switch sign {
    case "^": return caret(partial)
    case "~", "~>": return tilde(partial)
    case "", "=": return equal(partial)
    case ">": return greater(partial)
    case "<": return less(partial)
    case ">=": return partial.major == nil ? [] : [VersionComparator(.greaterOrEqual, partial.floor)]
    case "<=": return lessOrEqual(partial)
    default: throw Fault.danglingOperator
    }
  }
}

extension RangeGrammar {
  /// No version at all: nothing comes before the least pre-release of 0.0.0.
  private static let nothing = [VersionComparator(.less, SemanticVersion(0, 0, 0).opened)]

  private static func between(_ lower: SemanticVersion, _ upper: SemanticVersion) -> [VersionComparator] {
    [VersionComparator(.greaterOrEqual, lower), VersionComparator(.less, upper.opened)]
  }

  /// What may change without changing the leftmost number that is not zero.
  private static func caret(_ partial: PartialVersion) -> [VersionComparator] {
    guard let major = partial.major else { return [] }
    let floor = partial.floor
    guard major == 0, let minor = partial.minor else { return between(floor, floor.nextMajor) }
    guard minor == 0, partial.patch != nil else { return between(floor, floor.nextMinor) }
    return between(floor, floor.nextPatch)
  }

  /// Other patches; other minors, too, when none is named.
  private static func tilde(_ partial: PartialVersion) -> [VersionComparator] {
    guard partial.major != nil else { return [] }
    return between(partial.floor, partial.minor == nil ? partial.floor.nextMajor : partial.floor.nextMinor)
  }

  private static func equal(_ partial: PartialVersion) -> [VersionComparator] {
    guard partial.major != nil else { return [] }
    guard let ceiling = partial.ceiling else { return [VersionComparator(.equal, partial.floor)] }
    return [VersionComparator(.greaterOrEqual, partial.floor), VersionComparator(.less, ceiling)]
  }

  private static func greater(_ partial: PartialVersion) -> [VersionComparator] {
    guard partial.major != nil else { return nothing }
    guard let ceiling = partial.ceiling else { return [VersionComparator(.greater, partial.floor)] }
    return [VersionComparator(.greaterOrEqual, ceiling.core)]
  }

  private static func less(_ partial: PartialVersion) -> [VersionComparator] {
    guard partial.major != nil else { return nothing }
    return [VersionComparator(.less, partial.ceiling == nil ? partial.floor : partial.floor.opened)]
  }

  private static func lessOrEqual(_ partial: PartialVersion) -> [VersionComparator] {
    guard partial.major != nil else { return [] }
    guard let ceiling = partial.ceiling else { return [VersionComparator(.lessOrEqual, partial.floor)] }
    return [VersionComparator(.less, ceiling)]
  }
}

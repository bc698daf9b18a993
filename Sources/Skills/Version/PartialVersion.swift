/// A version of which numbers may be missing or be `x`, `X` or `*`, as ranges are written with.
struct PartialVersion {
  /// Nil stands for "any"; what follows an absent number is absent, too.
  var major: UInt64?
  var minor: UInt64?
  var patch: UInt64?
  var prerelease: [SemanticVersion.Identifier] = []

  /// Reads `1`, `1.2`, `1.x`, `v1.2.3-beta+5`, `*`; build metadata is checked and dropped.
  init(parsing text: Substring) throws(VersionGrammar.Fault) {
    let bare = text.utf8.first == UInt8(ascii: "v") ? text.dropFirst() : text
    let pieces = VersionGrammar.cut(bare)
    let parts = VersionGrammar.parts(of: pieces.numbers)
    guard parts.count <= 3 else { throw VersionGrammar.Fault.notThreeNumbers }
    var numbers: [UInt64?] = []
    for part in parts { numbers.append(try Self.number(part)) }
    numbers += [nil, nil]
    major = numbers[0]
    minor = major == nil ? nil : numbers[1]
    patch = minor == nil ? nil : numbers[2]
    if let build = pieces.build { _ = try VersionGrammar.build(build) }
    guard let text = pieces.prerelease else { return }
    guard patch != nil else { throw VersionGrammar.Fault.misplacedPrerelease }
    prerelease = try VersionGrammar.prerelease(text)
  }

  private static func number(_ text: Substring) throws(VersionGrammar.Fault) -> UInt64? {
    if text == "x" || text == "X" || text == "*" { return nil }
    return try VersionGrammar.number(text)
  }

  /// The least version it stands for.
  var floor: SemanticVersion {
    SemanticVersion(major ?? 0, minor ?? 0, patch ?? 0, prerelease: prerelease)
  }

  /// The first version beyond all that an incomplete one stands for; nil for one that has all numbers, or none.
  var ceiling: SemanticVersion? {
    guard let major, patch == nil else { return nil }
    let next = minor == nil ? SemanticVersion(major, 0, 0).nextMajor : floor.nextMinor
    return next.opened
  }
}

extension SemanticVersion {
  /// The least pre-release of these three numbers: as an upper bound it keeps all of their pre-releases out.
  var opened: SemanticVersion { SemanticVersion(major, minor, patch, prerelease: [.number("0")]) }
}

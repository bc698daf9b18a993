import Foundation
import Skills
import Testing

@Suite struct VersionRangeTests {
  /// Range, versions in it, versions not in it: the documentation of npm's `semver`, row by row.
  static let table: [(String, [String], [String])] = [
    ("", ["0.0.0", "1.2.3"], ["1.2.3-beta"]),
    ("*", ["0.0.0", "99.0.0"], ["1.0.0-rc.1"]),
    ("x", ["1.2.3"], ["1.2.3-0"]),
    ("1.2.3", ["1.2.3", "1.2.3+build"], ["1.2.4", "1.2.3-beta"]),
    ("=1.2.3", ["1.2.3"], ["1.2.4"]),
    ("v1.2.3", ["1.2.3"], ["1.2.2"]),
    ("= 1.2.3", ["1.2.3"], ["1.2.4"]),
    (">=1.2.7", ["1.2.7", "1.2.8", "2.5.3"], ["1.2.6", "1.1.0", "2.0.0-rc"]),
    (">=1.2.7 <1.3.0", ["1.2.7", "1.2.99"], ["1.2.6", "1.3.0", "1.1.0", "1.3.0-beta"]),
    ("1.2.7 || >=1.2.9 <2.0.0", ["1.2.7", "1.2.9", "1.4.6"], ["1.2.8", "2.0.0"]),
    (">= 1.2 < 2", ["1.2.0", "1.99.0"], ["2.0.0", "1.1.9", "2.0.0-alpha"]),
    (">1.2.3-alpha.3", ["1.2.3-alpha.7", "1.2.3", "3.4.5"], ["3.4.5-alpha.9", "1.2.3-alpha.3"]),
    // Hyphens.
    ("1.2.3 - 2.3.4", ["1.2.3", "2.3.4", "2.0.0"], ["1.2.2", "2.3.5", "2.3.4-beta"]),
    ("1.2 - 2.3.4", ["1.2.0", "2.3.4"], ["1.1.9", "2.3.5"]),
    ("1.2.3 - 2.3", ["2.3.99"], ["2.4.0", "2.4.0-0"]),
    ("1.2.3 - 2", ["2.99.99"], ["3.0.0", "1.2.2"]),
    ("1.2.3 - *", ["1.2.3", "9.9.9"], ["1.2.2"]),
    ("* - 2.3.4", ["0.0.0", "2.3.4"], ["2.3.5"]),
    ("1.2.3-beta.2 - 2.0.0", ["1.2.3-beta.4", "1.2.3"], ["1.2.3-beta.1", "1.2.4-beta.4"]),
    // X-ranges.
    ("1.x", ["1.0.0", "1.99.0"], ["2.0.0", "0.9.0", "1.1.0-rc"]),
    ("1.2.x", ["1.2.0", "1.2.9"], ["1.3.0", "1.1.0"]),
    ("1.2.*", ["1.2.0"], ["1.3.0"]),
    ("1.X.X", ["1.5.0"], ["2.0.0"]),
    ("1", ["1.0.0", "1.9.9"], ["2.0.0", "2.0.0-0"]),
    ("1.2", ["1.2.9"], ["1.3.0"]),
    ("1.x.3", ["1.0.0", "1.9.9"], ["2.0.0"]),
    // Tildes.
    ("~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0", "1.2.2"]),
    ("~>1.2.3", ["1.2.9"], ["1.3.0"]),
    ("~ 1.2", ["1.2.0", "1.2.9"], ["1.3.0"]),
    ("~1", ["1.0.0", "1.9.0"], ["2.0.0"]),
    ("~0.2.3", ["0.2.3", "0.2.9"], ["0.3.0"]),
    ("~0", ["0.0.0", "0.9.9"], ["1.0.0"]),
    ("~1.2.3-beta.2", ["1.2.3-beta.2", "1.2.3-beta.4", "1.2.4"], ["1.2.4-beta.2", "1.2.3-beta.1", "1.3.0"]),
    // Carets.
    ("^1.2.3", ["1.2.3", "1.9.0"], ["2.0.0", "1.2.2", "2.0.0-alpha", "1.5.0-rc"]),
    ("^0.2.3", ["0.2.3", "0.2.9"], ["0.3.0", "0.2.2"]),
    ("^0.0.3", ["0.0.3"], ["0.0.4", "0.0.2"]),
    ("^1.2.3-beta.2", ["1.2.3-beta.2", "1.2.3-beta.4", "1.8.0"], ["1.2.4-beta.2", "1.2.3-beta.1"]),
    ("^0.0.3-beta", ["0.0.3-beta", "0.0.3-pr.2", "0.0.3"], ["0.0.4"]),
    ("^1.2.x", ["1.2.0", "1.9.0"], ["2.0.0", "1.1.9"]),
    ("^0.0.x", ["0.0.0", "0.0.9"], ["0.1.0"]),
    ("^0.0", ["0.0.0", "0.0.9"], ["0.1.0"]),
    ("^0.1", ["0.1.0", "0.1.9"], ["0.2.0"]),
    ("^1.x", ["1.0.0", "1.9.9"], ["2.0.0"]),
    ("^0.x", ["0.0.0", "0.9.9"], ["1.0.0"]),
    ("^ 1", ["1.0.0"], ["2.0.0"]),
    ("^*", ["1.0.0"], ["1.0.0-rc"]),
    // Bounds that are not complete.
    (">1", ["2.0.0"], ["1.9.9", "1.0.0"]),
    (">1.2", ["1.3.0"], ["1.2.9"]),
    (">=1", ["1.0.0"], ["0.9.9"]),
    ("<1.2", ["1.1.9"], ["1.2.0", "1.2.0-beta"]),
    ("<=1.2", ["1.2.9"], ["1.3.0"]),
    ("<=1", ["1.9.9"], ["2.0.0"]),
    ("<1", ["0.9.9"], ["1.0.0"]),
    (">*", [], ["0.0.0", "1.0.0"]),
    ("<*", [], ["0.0.0", "0.0.0-0"]),
    (">=*", ["0.0.0"], ["1.0.0-0"]),
    // Together.
    ("^1 || ^3", ["1.2.0", "3.0.0"], ["2.0.0", "4.0.0"]),
    ("^1||^3", ["1.2.0", "3.0.0"], ["2.0.0"]),
    ("1.2.3 ||", ["1.2.3", "9.0.0"], ["1.2.3-rc"]),
    (">=1.0.0-rc.1 <1.0.0", ["1.0.0-rc.1", "1.0.0-rc.2"], ["1.0.0", "1.0.0-beta"]),
    ("1.2.3+build", ["1.2.3", "1.2.3+other"], ["1.2.4"]),
    ("  ^1.2.3\t<1.5 ", ["1.4.0"], ["1.5.0"]),
  ]

  @Test(arguments: table)
  func `holds what npm says it holds`(text: String, inside: [String], outside: [String]) throws {
    let range = try VersionRange(parsing: text)
    for version in inside { #expect(range.contains(try SemanticVersion(parsing: version)), "\(version)") }
    for version in outside { #expect(!range.contains(try SemanticVersion(parsing: version)), "\(version)") }
    #expect(range.description == text)
  }

  @Test(arguments: [
    ("blue", VersionRefusal.Rule.notThreeNumbers), ("1.2.3.4", .notThreeNumbers), (">", .danglingOperator),
    ("1 >=", .danglingOperator), ("> >1", .notThreeNumbers), ("><1", .danglingOperator), ("=>1", .danglingOperator),
    ("^01.2.3", .leadingZero), ("1.2-beta", .misplacedPrerelease), ("1.x-beta", .misplacedPrerelease),
    ("1.2.3-", .emptyIdentifier), ("1 - 2 - 3", .notThreeNumbers), ("1.2.3, 1.3", .notThreeNumbers),
    ("1 | 2", .notThreeNumbers), ("^1.2.3\n", .notThreeNumbers), ("^99999999999999999999", .numberTooLarge),
    (String(repeating: "1 ", count: 33), .tooManyComparators),
    (String(repeating: "||", count: 33), .tooManyComparators),
    (String(repeating: " ", count: 257), .rangeTooLong),
  ])
  func `refuses what is no range`(text: String, rule: VersionRefusal.Rule) {
    let refusal = #expect(throws: VersionRefusal.self) { try VersionRange(parsing: text) }
    #expect(refusal?.rule == rule)
  }

  @Test func `names its one version when there is one`() throws {
    #expect(try VersionRange(parsing: "=1.2.3-rc.1").exact?.description == "1.2.3-rc.1")
    #expect(try VersionRange(parsing: "1.2.3").exact?.description == "1.2.3")
    for text in ["1.2", "^1.2.3", "1.2.3 || 1.2.4", ">=1.2.3 <=1.2.3", "*"] {
      #expect(try VersionRange(parsing: text).exact == nil)
    }
  }

  @Test func `an exact range asks for its pre-release`() throws {
    let version = try SemanticVersion(parsing: "2.0.0-beta.1+b5")
    let range = VersionRange(exactly: version)
    #expect(range.contains(version) && range.description == "2.0.0-beta.1+b5")
    #expect(range.exact == version.withoutBuild)
    #expect(!range.contains(try SemanticVersion(parsing: "2.0.0-beta.2")))
  }

  @Test func `takes the newest stable version of a mixed list`() throws {
    let versions = try ["1.0.0", "1.9.0", "1.10.0", "2.0.0-rc.1"].map(SemanticVersion.init(parsing:))
    #expect(VersionRange.any.newest(of: versions)?.description == "1.10.0")
    #expect(try VersionRange(parsing: "^2").newest(of: versions) == nil)
    #expect(try VersionRange(parsing: "^2.0.0-0").newest(of: versions)?.description == "2.0.0-rc.1")
  }
}

import Skills
import Testing

@Suite struct SemanticVersionTests {
  static let valid = [
    "0.0.0", "1.2.3", "10.20.30", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0-x.7.z.92", "1.0.0-x-y-z.--",
    "1.0.0--", "1.0.0-0A.is.legal", "1.0.0+001", "1.0.0-beta+exp.sha.5114f85", "1.0.0+21AF26D3---117B344092BD",
    "9007199254740991.0.0", "1.0.0-99999999999999999999", "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
  ]

  @Test(arguments: valid)
  func `keeps the text of a version byte for byte`(text: String) throws {
    #expect(try SemanticVersion(parsing: text).description == text)
  }

  @Test(arguments: [
    ("", VersionRefusal.Rule.empty), ("1", .notThreeNumbers), ("1.2", .notThreeNumbers), ("1.2.3.4", .notThreeNumbers),
    ("v1.2.3", .notThreeNumbers), ("=1.2.3", .notThreeNumbers), (" 1.2.3", .notThreeNumbers),
    ("1.2.3 ", .notThreeNumbers), ("1.2.x", .notThreeNumbers), ("1..3", .notThreeNumbers), ("1.2.", .notThreeNumbers),
    ("01.2.3", .leadingZero), ("1.02.3", .leadingZero), ("1.2.03", .leadingZero), ("1.2.3-01", .leadingZero),
    ("1.2.3-", .emptyIdentifier), ("1.2.3-a..b", .emptyIdentifier), ("1.2.3+", .emptyIdentifier),
    ("1.2.3-a+", .emptyIdentifier), ("1.2.3junk", .notThreeNumbers), ("1.2.3-ä", .forbiddenCharacter),
    ("1.2.3+a+b", .forbiddenCharacter), ("1.2.3-a_b", .forbiddenCharacter), ("٣.٢.١", .notThreeNumbers),
    ("9007199254740992.0.0", .numberTooLarge), ("1.0.0-00000000000000000001", .leadingZero),
    ("1.0.0-" + String(repeating: "a", count: 123), .tooLong),
  ])
  func `refuses what SemVer does not allow`(text: String, rule: VersionRefusal.Rule) {
    let refusal = #expect(throws: VersionRefusal.self) { try SemanticVersion(parsing: text) }
    #expect(refusal?.rule == rule)
    #expect(refusal?.text == text)
  }

  @Test(arguments: [
    ("v1.2.3", "write it as 1.2.3"), ("1.10", "write it as 1.10.0"), ("2", "write it as 2.0.0"),
    ("26.08.00", "write it as 26.8.0"), ("v1.2-beta", "write it as 1.2.0-beta"), ("latest", "write it as 1.2.3"),
  ])
  func `says what to write instead`(text: String, step: String) {
    let refusal = #expect(throws: VersionRefusal.self) { try SemanticVersion(parsing: text) }
    #expect(refusal?.nextStep == step)
    #expect(refusal?.description.contains("'\(text)'") == true)
  }

  @Test func `shows a hostile text without its escapes`() {
    let refusal = #expect(throws: VersionRefusal.self) { try SemanticVersion(parsing: "\u{1B}[2J") }
    #expect(refusal?.description.contains("\u{1B}") == false)
  }

  /// SemVer 11.4.4, with the neighbours that tell numbers from words.
  static let ascending = [
    "0.0.0", "0.0.1", "0.1.0", "0.9.0", "0.10.0", "1.0.0-0", "1.0.0-2", "1.0.0-10", "1.0.0-10.a",
    "1.0.0-99999999999999999998", "1.0.0-99999999999999999999", "1.0.0-100000000000000000000", "1.0.0--",
    "1.0.0-A", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
    "1.0.0-rc.1", "1.0.0", "1.0.1-0", "1.0.1", "1.2.0", "1.10.0", "2.0.0", "10.0.0",
  ]

  @Test func `orders by precedence`() throws {
    let versions = try Self.ascending.map(SemanticVersion.init(parsing:))
    for (index, left) in versions.enumerated() {
      for (other, right) in versions.enumerated() {
        #expect((left < right) == (index < other), "\(left) \(right)")
        #expect(left.precedes(right) == (index < other), "\(left) \(right)")
      }
    }
  }

  @Test func `gives versions that differ in build metadata one precedence and a fixed order`() throws {
    let plain = try SemanticVersion(parsing: "1.0.0")
    let first = try SemanticVersion(parsing: "1.0.0+a")
    let second = try SemanticVersion(parsing: "1.0.0+b")
    #expect(plain != first && first != second)
    #expect(!plain.precedes(first) && !first.precedes(plain) && first.hasSamePrecedence(as: second))
    #expect(plain < first && first < second && !(second < first))
    #expect(Set([plain, first, second]).count == 3)
  }

  @Test func `takes a version apart`() throws {
    let version = try SemanticVersion(parsing: "1.2.3-rc.1+5")
    #expect(version.isPrerelease)
    #expect(version.core.description == "1.2.3")
    #expect(version.withoutBuild.description == "1.2.3-rc.1")
    #expect(version.prerelease == [.word("rc"), .number("1")])
    #expect(version.build == "5")
  }

  @Test(arguments: [("1", "1.0.0"), ("1.0", "1.0.0"), ("1.10", "1.10.0"), ("1.2.3", "1.2.3"), ("1.2.3-rc", "1.2.3-rc")])
  func `completes what a document leaves out`(text: String, whole: String) throws {
    #expect(try SemanticVersion(completing: text).description == whole)
  }

  @Test(arguments: ["", ".", "1.", ".1", "v1", "1.x", "1.0-beta", "01", "1.2.3junk", "1.2.3.4"])
  func `completes nothing that is not clear`(text: String) {
    let refusal = #expect(throws: VersionRefusal.self) { try SemanticVersion(completing: text) }
    #expect(refusal?.text == text)
  }
}

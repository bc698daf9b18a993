import Skills
import Testing

@Suite struct VersionBumpTests {
  /// From, step, pre-release word, to: what npm's `semver.inc` answers.
  static let table: [(String, String, String?, String)] = [
    ("1.2.3", "patch", nil, "1.2.4"), ("1.2.3", "minor", nil, "1.3.0"), ("1.2.3", "major", nil, "2.0.0"),
    ("1.2.3-beta.1", "patch", nil, "1.2.3"), ("1.2.3-beta.1", "minor", nil, "1.3.0"),
    ("1.3.0-beta.1", "minor", nil, "1.3.0"), ("1.3.1-beta.1", "minor", nil, "1.4.0"),
    ("2.0.0-beta.1", "major", nil, "2.0.0"), ("2.1.0-beta.1", "major", nil, "3.0.0"),
    ("2.0.1-beta.1", "major", nil, "3.0.0"), ("0.0.0", "patch", nil, "0.0.1"), ("1.0.9", "patch", nil, "1.0.10"),
    ("1.2.3", "prerelease", nil, "1.2.4-0"), ("1.2.3", "prerelease", "beta", "1.2.4-beta.0"),
    ("1.2.3-0", "prerelease", nil, "1.2.3-1"), ("1.2.3-beta.0", "prerelease", "beta", "1.2.3-beta.1"),
    ("1.2.3-beta.9", "prerelease", nil, "1.2.3-beta.10"), ("1.2.3-beta.1", "prerelease", "rc", "1.2.3-rc.0"),
    ("1.2.3-beta", "prerelease", nil, "1.2.3-beta.0"), ("1.2.3-beta", "prerelease", "beta", "1.2.3-beta.0"),
    ("1.2.3-beta.x", "prerelease", "beta", "1.2.3-beta.0"),
    ("1.2.3-alpha.0.beta", "prerelease", nil, "1.2.3-alpha.1.beta"),
    ("1.2.3-alpha.10.0.beta", "prerelease", nil, "1.2.3-alpha.10.1.beta"),
    ("1.2.3", "prepatch", nil, "1.2.4-0"), ("1.2.3", "prepatch", "rc", "1.2.4-rc.0"),
    ("1.2.3-beta.1", "prepatch", "rc", "1.2.4-rc.0"), ("1.2.3", "preminor", "rc", "1.3.0-rc.0"),
    ("1.2.3-beta.1", "preminor", nil, "1.3.0-0"), ("1.2.3", "premajor", "rc", "2.0.0-rc.0"),
    ("2.0.0-beta.1", "premajor", nil, "3.0.0-0"), ("1.2.3+build", "patch", nil, "1.2.4"),
    ("1.2.3-rc.1+build", "prerelease", nil, "1.2.3-rc.2"), ("1.2.3", "0.9.0-rc+x", nil, "0.9.0-rc+x"),
  ]

  @Test(arguments: table)
  func `steps as npm does`(from: String, step: String, preid: String?, to: String) throws {
    let bump = try VersionBump(parsing: step)
    #expect(try bump.applied(to: try SemanticVersion(parsing: from), preid: preid).description == to)
    #expect(bump.description == step)
  }

  @Test(arguments: ["", "Patch", "patch ", "latest", "1.2", "v1.2.3", "1.2.3junk"])
  func `refuses a step it does not know`(text: String) {
    let refusal = #expect(throws: VersionRefusal.self) { try VersionBump(parsing: text) }
    #expect(refusal?.text == text)
    #expect(refusal?.nextStep.contains("1.2.3") == true || refusal?.nextStep.contains("1.2.0") == true)
  }

  @Test(arguments: ["", "a.b", "rc_1", "ä", "01", "a b"])
  func `refuses a pre-release word that is none`(preid: String) throws {
    let version = try SemanticVersion(parsing: "1.0.0")
    let refusal = #expect(throws: VersionRefusal.self) { try VersionBump.prerelease.applied(to: version, preid: preid) }
    #expect(refusal?.rule == .notAnIdentifier)
  }

  @Test(arguments: [("rc.99", "rc.100"), ("9", "10"), ("99999999999999999999", "100000000000000000000")])
  func `counts up a pre-release of any length`(from: String, to: String) throws {
    let version = try SemanticVersion(parsing: "1.2.3-\(from)")
    #expect(try VersionBump.prerelease.applied(to: version).description == "1.2.3-\(to)")
  }

  @Test func `refuses to count beyond what a number can be`() throws {
    let version = try SemanticVersion(parsing: "1.2.9007199254740991")
    let refusal = #expect(throws: VersionRefusal.self) { try VersionBump.patch.applied(to: version) }
    #expect(refusal?.rule == .numberTooLarge)
    #expect(try VersionBump.minor.applied(to: version).description == "1.3.0")
  }
}

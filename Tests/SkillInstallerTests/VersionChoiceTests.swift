import RegistryAPI
import SkillInstaller
import Skills
import Testing

@Suite struct VersionChoiceTests {
  private func index(_ versions: [String], withdrawn: Set<String> = []) throws -> IndexDocument {
    var skill = FakeSkill(name: "acme/probe")
    let template = try FakeVersion(of: "probe", "1.0.0")
    for text in versions {
      var version = template
      version.version = text
      version.status = withdrawn.contains(text) ? "withdrawn" : "published"
      skill.versions.append(version)
    }
    return try WireCoding.decode(IndexDocument.self, from: skill.json.utf8)
  }

  @Test(
    arguments: [
      (["1.0.0"], "1.0.0", ErrorCode.gone), (["1.0.0", "1.1.0"], "1.1.0", .gone),
      (["1.0.0", "1.1.0"], "^2", .notFound),
      (["1.0.0"], nil, .gone), ([], nil, .gone), (["1.1.0", "2.0.0-rc.1"], "^2", .notFound),
    ] as [([String], String?, ErrorCode)])
  func `what cannot be had is said for what it is`(versions: [String], range: String?, code: ErrorCode) throws {
    let index = try index(versions, withdrawn: versions.count == 1 ? ["1.0.0"] : ["1.1.0"])
    let error = #expect(throws: MeshError.self) {
      try index.refuseMissing(
        SkillReference(name: SkillName(parsing: "acme/probe"), range: range.map { try VersionRange(parsing: $0) }))
    }
    #expect(error?.code == code)
  }

  @Test func `a withdrawn version is still known, so that a change of it is seen`() throws {
    let entry = try index(["1.0.0", "1.1.0"], withdrawn: ["1.0.0"]).entry(of: SemanticVersion(parsing: "1.0.0"))
    #expect(entry?.status == .withdrawn)
  }
}

import Foundation
import Testing

@testable import Skills

@Suite struct SoftwareBillTests {
  private static let commit = String(repeating: "b", count: 40)
  private static let lock = Lockfile([
    Locks.skill("acme/app@1.2.0+b.1", needs: ["acme/base@^1", "acme/base@>=1"], isPrivate: true),
    Locks.skill("acme/base@1.4.0", registry: "https://other.example"),
    Locks.source("git+https://host/o/r.git#main:a b", as: "pdf", commit: commit, needs: ["acme/base"]),
    Locks.source("path:./x", as: "local"), Locks.source("https://host/x.zip?a=1&b=2", as: "zip", version: "2"),
    Locks.source("well-known+https://host/p#n", as: "site"),
  ])
  private static let manifest = Locks.manifest(["acme/app": nil], sources: ["pdf": "git+https://host/o/r.git#main:a b"])

  private func bytes(_ lock: Lockfile = lock, project: String = "shop", seconds: Double = 1_795_000_000) -> [UInt8] {
    SoftwareBill(
      of: lock, for: Self.manifest, project: .init(name: project), tool: .init(name: "agent-mesh", version: "1.0.0"),
      date: Date(timeIntervalSince1970: seconds)
    ).encoded
  }

  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func component(_ folder: String) throws -> NSDictionary {
    let components = try #require(try object(bytes())["components"] as? [[String: Any]])
    return try #require(components.first { $0["bom-ref"] as? String == "skill/\(folder)" }) as NSDictionary
  }

  @Test func `says what the bill is and who made it when`() throws {
    let bill = try object(bytes())
    #expect(bill["bomFormat"] as? String == "CycloneDX")
    #expect(bill["specVersion"] as? String == "1.6")
    #expect(bill["version"] as? Int == 1)
    let metadata = try #require(bill["metadata"] as? NSDictionary)
    #expect(
      metadata == [
        "timestamp": "2026-11-18T11:06:40Z",
        "tools": ["components": [["type": "application", "name": "agent-mesh", "version": "1.0.0"]]],
        "component": ["type": "application", "bom-ref": "project", "name": "shop"],
      ])
  }

  @Test func `a skill of a registry has its author, its digests and its package address`() throws {
    let skill = try #require(Self.lock[Locks.slug("app")])
    #expect(
      try component("app") == [
        "type": "library", "bom-ref": "skill/app", "group": "acme", "name": "app", "version": "1.2.0",
        "hashes": [["alg": "SHA-256", "content": skill.digest.hexadecimal]],
        "purl": "pkg:generic/acme/app@1.2.0?checksum=\(skill.digest)",
        "externalReferences": [["type": "distribution", "url": "https://skills.example"]],
        "properties": [
          ["name": "agent-mesh:folder", "value": "app"],
          ["name": "agent-mesh:tree_digest", "value": skill.treeDigest.description],
          ["name": "agent-mesh:registry", "value": "https://skills.example"],
          ["name": "agent-mesh:private", "value": "true"],
        ],
      ])
  }

  @Test(
    arguments: [
      ("pdf", "@\(commit)", "&vcs_url=git%2Bhttps://host/o/r.git%40\(commit)", "vcs https://host/o/r.git"),
      ("local", "", "", ""),
      ("zip", "@2", "&download_url=https://host/x.zip", "distribution https://host/x.zip"),
      ("site", "", "", "distribution https://host/p"),
    ])
  func `a source is addressed by what it is fetched from`(
    folder: String, version: String, qualifier: String, place: String
  ) throws {
    let skill = try #require(Self.lock[Locks.slug(folder)])
    let component = try component(folder)
    #expect(component["purl"] as? String == "pkg:generic/\(folder)\(version)?checksum=\(skill.digest)\(qualifier)")
    #expect(component["group"] == nil)
    let places = component["externalReferences"] as? [[String: String]] ?? []
    #expect(places.map { "\($0["type"] ?? "") \($0["url"] ?? "")" }.joined() == place)
  }

  @Test func `the graph has every component once and goes from the project to what it wants`() throws {
    let dependencies = try #require(try object(bytes())["dependencies"] as? [[String: Any]])
    let graph = dependencies.map {
      "\($0["ref"] ?? "") \(($0["dependsOn"] as? [String])?.joined(separator: " ") ?? "")"
    }
    #expect(
      graph == [
        "project skill/app skill/pdf", "skill/app skill/base", "skill/base ", "skill/local ", "skill/pdf skill/base",
        "skill/site ", "skill/zip ",
      ])
  }

  @Test func `the same lock gives the same bytes, another lock or project another number`() throws {
    let serial = try #require(try object(bytes())["serialNumber"] as? String)
    #expect(
      try serial.wholeMatch(of: Regex("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
        != nil)
    #expect(bytes() == bytes(Lockfile(Self.lock.skills.reversed())))
    #expect(try object(bytes(seconds: 5))["serialNumber"] as? String == serial)
    #expect(try object(bytes(project: "other"))["serialNumber"] as? String != serial)
    #expect(try object(bytes(Lockfile()))["serialNumber"] as? String != serial)
  }

  @Test func `an empty lock gives a bill without components`() throws {
    let bill = try object(bytes(Lockfile()))
    #expect((bill["components"] as? [Any])?.isEmpty == true)
    #expect((bill["dependencies"] as? [Any])?.count == 1)
  }
}

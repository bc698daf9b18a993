import BridgeProtocol
import Foundation
import RegistryAPI
import SkillInstaller
import Skills
import Testing

/// What `schemas/` shows to strangers is what our own types read and write.
@Suite struct SchemaExampleTests {
  private static let folder = Checkout.root.appendingPathComponent("schemas")

  private static func example(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent("examples/\(name).json"))
  }

  @Test func `every example decodes, and encodes to the same values`() throws {
    try expectRoundTrip("index", IndexDocument.self)
    try expectRoundTrip("problem", ErrorBody.self)
  }

  @Test(arguments: ["index", "problem", "ownership-mark", "skills", "lock", "bridge-frames"])
  func `an example has every key that its schema requires`(name: String) throws {
    let schema = try object(Data(contentsOf: Self.folder.appendingPathComponent("\(name).schema.json")))
    let required = try #require(schema["required"] as? [String])
    let properties = try #require(schema["properties"] as? [String: Any])
    let example = try object(Self.example(name))
    #expect(Set(required).isSubset(of: example.keys))
    #expect(Set(example.keys).isSubset(of: properties.keys))
  }

  @Test func `the examples of a project's files are read, and written to the same bytes`() throws {
    let manifest = Array(try Self.example("skills"))
    let lock = Array(try Self.example("lock"))
    #expect(try ProjectManifest(reading: manifest).encoded == manifest)
    #expect(try Lockfile(reading: lock).encoded == lock)
    let mark = Array(try Self.example("ownership-mark"))
    #expect(OwnershipMark(reading: mark)?.encoded == mark)
    #expect(try Lockfile(reading: lock).disagreements(with: ProjectManifest(reading: manifest)).isEmpty)
  }

  @Test func `the examples of frames are read, and written with the same values`() throws {
    let example = try object(Self.example("bridge-frames"))
    for frame in try #require(example["agent"] as? [[String: Any]]) {
      let read = try FrameCoding.agentFrame(JSONSerialization.data(withJSONObject: frame))
      if case .unknown(let type) = read { Issue.record("\(type) is not known") }
      #expect(try object(Data(FrameCoding.encode(read))) as NSDictionary == frame as NSDictionary)
    }
    for frame in try #require(example["bridge"] as? [[String: Any]]) {
      let read = try FrameCoding.bridgeFrame(JSONSerialization.data(withJSONObject: frame))
      if case .unknown(let type) = read { Issue.record("\(type) is not known") }
      #expect(try object(Data(FrameCoding.encode(read))) as NSDictionary == frame as NSDictionary)
    }
  }

  @Test func `the examples of frames are as their schema has them, to the last field`() throws {
    #expect(try frames().findings(in: tree(Self.example("bridge-frames"))) == [])
  }

  @Test(arguments: [
    (#""attempt": 1"#, #""attempt": "1""#), (#""attempt": 1"#, #""attempt": 0"#), (#""kind": "text""#, #""kind": "x""#),
    (#""is_owner": true"#, #""is_owner": 1"#), (#""is_owner": true"#, #""owner": true"#),
    (#""type": "accept""#, #""type": "accepted""#), (#""a1b2c3d4e5f6""#, #""a/b""#),
  ])
  func `an example with a mistake contradicts the schema of frames`(right: String, wrong: String) throws {
    let text = String(decoding: try Self.example("bridge-frames"), as: UTF8.self)
    let changed = text.replacingOccurrences(of: right, with: wrong)
    #expect(changed != text)
    #expect(try !frames().findings(in: tree(Data(changed.utf8))).isEmpty)
  }

  @Test func `every example belongs to a schema, and every schema has one`() throws {
    let files = FileManager.default
    let examples = try files.contentsOfDirectory(atPath: Self.folder.appendingPathComponent("examples").path)
    let schemas = try files.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".schema.json") }
    #expect(
      examples.map { $0.replacingOccurrences(of: ".json", with: "") }.sorted()
        == schemas.map { $0.replacingOccurrences(of: ".schema.json", with: "") }.sorted())
  }

  private func frames() throws -> SchemaComparison {
    SchemaComparison(try tree(Data(contentsOf: Self.folder.appendingPathComponent("bridge-frames.schema.json"))))
  }

  private func tree(_ data: Data) throws -> JSONTree { try JSONDecoder().decode(JSONTree.self, from: data) }

  private func expectRoundTrip<Value: Codable>(_ name: String, _ type: Value.Type) throws {
    let data = try Self.example(name)
    let encoded = try WireCoding.encode(WireCoding.decode(type, from: data))
    #expect(try object(Data(encoded)) as NSDictionary == object(data) as NSDictionary, "\(name)")
  }

  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}

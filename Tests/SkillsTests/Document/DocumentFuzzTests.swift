import Foundation
import TestSupport
import Testing

@testable import Skills

/// Random damage to real shapes.
///
/// `AGENT_MESH_FUZZ_ITERATIONS` sets the number of documents, `AGENT_MESH_FUZZ_SEED` begins elsewhere.
@Suite struct DocumentFuzzTests {
  private static let seeds = [
    "---\nname: a\ndescription: Use when: x\nversion: 1.0.0\n---\n# T\n",
    "\u{FEFF}---\r\nname: \"a\"\r\nmetadata: {\"version\":\"1.0\",\"b\":{\"c\":[1,2]}}\r\n---\r\n",
    "---\nname: a\ndescription: >-\n  folded: text\n  & more *x\nmetadata:\n  version: '1.0.0' # c\n  tags:\n  - a\n  - b: c\n---\n<!-- x -->\n",
    "---\na: &x [b, c]\nd: *x\n? *x\n: !t e\n<<: {f: g}\n---\n",
    "<!-- c -->\n---  \nallowed-tools: [Read, Bash(git:*)]\nname: 'it''s'\n---\t\n\u{200B}\u{E0041}",
    "---\n{\"name\": \"x\", \"version\": 2}\n---\n", "---\nmetadata:\n\tversion: 1.2.3\nx: |+2\n    text\n...\n---\n",
    "---\n---\n", "name: x\n---\nname: y\n---\n",
  ]

  private static let pieces = [
    ": ", "- ", "? ", "\n", "\r\n", "\t", "  ", "&a ", "*a ", "!t ", "<<: ", "[", "]", "{", "}", "\"", "'", "|", ">-",
    "#", " #", "---", "...", "version: ", "name: ", "metadata:", "\\", "\u{80}",
    "\u{2028}", "%", "@", "\u{FEFF}", "\u{0}", "ä", "🤖", "1.0.0", ",", "~",
  ].map { Array($0.utf8) }

  @Test func `no damage crashes a reader, changes a verdict or spoils an edit`() throws {
    let environment = ProcessInfo.processInfo.environment
    let iterations = environment["AGENT_MESH_FUZZ_ITERATIONS"].flatMap(Int.init) ?? 3000
    var random = SplitMix64(seed: environment["AGENT_MESH_FUZZ_SEED"].flatMap(UInt64.init) ?? 12)
    let version = try Documents.version("7.8.9-rc.1")
    var loaded = 0
    var edited = 0
    for _ in 0..<iterations {
      let bytes = Self.damaged(&random)
      let verdict = Self.verdict(bytes)
      #expect(verdict == Self.verdict(bytes))
      guard let document = try? SkillDocument(reading: bytes) else { continue }
      loaded += 1
      #expect(document.bytes == bytes)
      guard let changed = try? document.settingVersion(version) else { continue }
      edited += 1
      #expect(changed.version == "7.8.9-rc.1")
      #expect(changed.body == document.body && changed.name == document.name)
      #expect(try changed.settingVersion(version).bytes == changed.bytes)
    }
    #expect(loaded > iterations / 10 && edited > iterations / 10, "\(loaded) \(edited)")
  }

  private static func verdict(_ bytes: [UInt8]) -> [String] {
    do throws(DocumentRefusal) {
      let document = try SkillDocument(reading: bytes)
      return Validation.findings(for: document, in: .init(folderName: "a", profile: .publish)).map(\.description)
    } catch {
      return [error.description]
    }
  }

  private static func damaged(_ random: inout SplitMix64) -> [UInt8] {
    var bytes = Array(seeds.randomElement(using: &random)!.utf8)
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let spot = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.insert(contentsOf: pieces.randomElement(using: &random)!, at: spot)
      case 1: bytes.removeSubrange(spot..<min(bytes.count, spot + Int.random(in: 0...6, using: &random)))
      case 2: bytes.removeSubrange(spot...)
      case 3 where spot < bytes.count: bytes[spot] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 4:
        let other = Array(seeds.randomElement(using: &random)!.utf8)
        bytes.insert(contentsOf: other[Int.random(in: 0...other.count, using: &random)...], at: spot)
      default:
        let end = min(bytes.count, spot + 12)
        bytes.insert(contentsOf: Array(bytes[spot..<end]), at: spot)
      }
    }
    return bytes
  }
}

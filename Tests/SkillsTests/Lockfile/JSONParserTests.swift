import Foundation
import TestSupport
import Testing

@testable import Skills

@Suite struct JSONParserTests {
  private func fault(_ text: String) -> JSONParser.Fault? {
    do throws(JSONParser.Fault) {
      _ = try JSONParser.parse(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("{\"a\":1,}", 7), ("[1,]", 3), ("[1 2]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1), ("'a'", 0), ("01", 0), ("-", 1),
      ("1.", 2), ("1e", 2), ("+1", 0), (".5", 0), ("NaN", 0), ("nul", 0), ("\"a", 2), ("\"\\x\"", 1), ("\"\\u12\"", 1),
      ("\"\\ud800\"", 1), ("\"\\udc00\"", 1), ("\"\\ud800\\u0041\"", 1), ("\"a\nb\"", 2), ("\"\t\"", 1), ("1 1", 2),
      ("// x", 0), ("", 0), (" ", 1), ("[", 1), ("{\"a\":", 5), ("\u{FEFF}1", 0), ("\"\\", 1),
    ] as [(String, Int)])
  func `refuses what is not JSON at the byte where it stops being so`(text: String, offset: Int) {
    #expect(fault(text)?.offset == offset)
  }

  @Test func `reads every escape`() throws {
    let node = try JSONParser.parse(Array(#""\"\\\/\b\f\n\r\t\u00e4\ud83d\uDE00ä""#.utf8))
    guard case .string(let text) = node.kind else { return #expect(Bool(false)) }
    #expect(text == "\"\\/\u{8}\u{C}\n\r\tä😀ä")
  }

  @Test func `nests as deep as its bound, and no deeper`() {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(fault(nested(JSONParser.maximumDepth)) == nil)
    #expect(fault(nested(JSONParser.maximumDepth + 1)) != nil)
  }

  @Test func `has no more values than its bound`() {
    let list = { (count: Int) in "[" + String(repeating: "0,", count: count - 1) + "0]" }
    #expect(fault(list(JSONParser.maximumValues - 1)) == nil)
    #expect(fault(list(JSONParser.maximumValues)) != nil)
  }

  /// Whatever Foundation refuses is refused here, and what both read has the same value.
  @Test func `agrees with Foundation on three thousand damaged files`() throws {
    var generator = SplitMix64(seed: 41)
    var random = RandomLocks(generator: SplitMix64(seed: 42))
    var accepted = 0
    for _ in 0..<3_000 {
      var bytes = Array(
        (Bool.random(using: &generator) ? random.lock().encoded : random.manifest().encoded).prefix(700))
      for _ in 0..<Int.random(in: 1...2, using: &generator) where !bytes.isEmpty {
        let index = Int.random(in: bytes.indices, using: &generator)
        bytes[index] = Array("{}[],:\"\\ 01-eax\n".utf8).randomElement(using: &generator)!
      }
      guard String(validating: bytes, as: UTF8.self) != nil, let node = try? JSONParser.parse(bytes) else { continue }
      accepted += 1
      #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))") {
        let object = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? [String: Any]
        guard case .object(let members) = node.kind else { return }
        #expect(Set(members.map(\.key)) == Set((object ?? [:]).keys))
      }
    }
    #expect(accepted > 150)
  }
}

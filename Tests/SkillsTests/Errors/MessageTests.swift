import Foundation
import Skills
import Testing

@Suite struct MessageTests {
  @Test(arguments: [
    ("a\u{1B}[2Jb", #"a\u{1B}[2Jb"#), ("a\nerror: b", #"a\u{A}error: b"#), ("\u{202E}gpj", #"\u{202E}gpj"#),
    ("größe/日本", "größe/日本"),
  ])
  func `what is interpolated cannot act on a terminal`(text: String, shown: String) {
    #expect("'\(text)' is there" as Message == "'\(shown)' is there")
    #expect(("\(Substring(text))" as Message).description == shown)
  }

  @Test func `what is interpolated is cut, and says so`() {
    let long = String(repeating: "x", count: 400)
    #expect(("\(long)" as Message).description == String(repeating: "x", count: 300) + "…")
    #expect(("\(long, limit: 5)" as Message).description == "xxxxx…")
    #expect(("\(trusted: long + "\n")" as Message).description == long + "\n")
  }

  @Test func `a single text becomes a message as an interpolated one does, a block keeps its lines`() {
    let text = "a\u{1B}\n\tb"
    #expect(Message(text) == "\(text)")
    #expect(Message(text, limit: 2).description == #"a\u{1B}…"#)
    #expect(Message(block: text).description == "a\\u{1B}\n\tb")
    #expect(Message(verbatim: text).description == text)
  }

  @Test func `a message in a message passes as it is, and escaping twice changes nothing`() {
    let inner: Message = "two\nlines of '\("\u{1B}")'"
    #expect("\(inner)" as Message == inner)
    #expect(("\(inner.description, limit: 900)" as Message).description == #"two\u{A}lines of '\u{1B}'"#)
    #expect([inner, "b"].joined(separator: ", ") == "\(inner), b")
    #expect("a" + inner == "a\(inner)" as Message)
  }

  @Test func `an error in a message says what it means`() throws {
    let refusal = try #require(throws: NameRefusal.self) { try SkillSlug(parsing: "\u{7}") }
    let any: any Error = refusal
    #expect(("\(refusal)" as Message).description.hasPrefix(#"'\u{7}' is not "#))
    #expect("\(any)" as Message == "\(refusal)")
    #expect(MeshError(any, else: .unknown).code == .validationError)
    #expect(MeshError(CancellationError(), else: .unknown).code == .cancelled)
  }

  @Test func `what another program says is made safe on arrival`() {
    let error = MeshError(wireCode: "gone", message: "a\u{1B}b\nc", hint: "d\u{9B}")
    #expect(error.message == #"a\u{1B}b\u{A}c"#)
    #expect(error.hint == #"d\u{9B}"#)
  }
}

extension Sequence<Message> {
  /// Each on a line of its own.
  var block: String { map { $0.description + "\n" }.joined() }
}

@Suite struct ErrorTableTests {
  @Test(arguments: ErrorCode.allCases)
  func `every row of the table is whole`(code: ErrorCode) {
    #expect(!code.wire.isEmpty && code.wire.allSatisfy { ($0.isASCII && $0.isLowercase) || $0 == "_" })
    #expect(code.meaning.count > 5)
    #expect((400..<600).contains(code.httpStatus))
    #expect(code.exitStatus != .success)
    #expect(ErrorCode(wire: code.wire) == code)
  }

  @Test func `codes are told apart, and scripts find the statuses that they know`() {
    #expect(Set(ErrorCode.allCases.map(\.wire)).count == ErrorCode.allCases.count)
    #expect(ErrorCode.versionExists.exitStatus == .conflict && ErrorCode.versionExists.httpStatus == 409)
    #expect(ErrorCode.cancelled.isLocal && ErrorCode.cancelled.httpStatus == 408)
    #expect(ErrorCode.busy.isLocal && !ErrorCode.notFound.isLocal)
    #expect(ErrorRow(stringLiteral: "broken").exitStatus == .failure)
  }
}

@Suite struct ForeignCodeTests {
  @Test(arguments: ["already_installed", "name_taken", "publish_failed", "remove_failed", "of_tomorrow"])
  func `a code of an older or newer program is unknown, and keeps its spelling`(wire: String) {
    let error = MeshError(wireCode: wire, message: "no")
    #expect(error.code == .unknown)
    #expect(error.wireCode == wire)
  }
}

@Suite struct ErrorDocumentationTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/commands.md")

  @Test func `the page has a row for every exit status and for every code`() throws {
    let lines = try String(contentsOf: Self.page, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let rows = Set(lines)
    for status in ExitStatus.allCases { #expect(rows.contains("| \(status.rawValue) | \(status.meaning) |")) }
    let documented = lines.drop { $0 != "| code | exit | HTTP | meaning |" }.dropFirst(2).prefix { !$0.isEmpty }
    let codes = ErrorCode.allCases.map { code in
      let http = code.rawValue.httpStatus.map { "\($0)" } ?? "-"
      return "| `\(code.wire)` | \(code.exitStatus.rawValue) | \(http) | \(code.meaning) |"
    }
    #expect(documented.sorted() == codes.sorted())
  }
}

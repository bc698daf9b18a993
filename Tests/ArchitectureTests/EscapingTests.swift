import Foundation
import Testing

/// What makes text safe for a terminal is the type `Message`: a call elsewhere is one that somebody had to remember.
@Suite struct EscapingTests {
  private static let home = "Sources/Skills/Errors"

  @Test func `text is escaped where messages are made, and nowhere else`() throws {
    let files = try Checkout.swiftFiles(in: "Sources") + Checkout.swiftFiles(in: "Registry")
    let callers = try files.filter { try String(contentsOf: $0, encoding: .utf8).contains("TerminalText.escaped") }
    let folder = Checkout.root.appendingPathComponent(Self.home).path + "/"
    #expect(callers.map(\.lastPathComponent).contains("Message.swift"))
    #expect(callers.filter { !$0.path.hasPrefix(folder) }.map(\.lastPathComponent) == [])
  }

  @Test func `only one report prints text as it is`() throws {
    let files = try Checkout.swiftFiles(in: "Sources") + Checkout.swiftFiles(in: "Registry")
    let printers = try files.filter { try String(contentsOf: $0, encoding: .utf8).contains("verbatim:") }
    #expect(printers.map(\.lastPathComponent) == ["Use.swift"])
  }
}

import Testing

@testable import HTTPTransport

struct ServerSentEventParserTests {
  typealias Event = ServerSentEvent

  /// Streams and the events in them; the first six stand in the specification.
  static let table: [(String, [Event])] = [
    ("data: YHOO\ndata: +2\ndata: 10\n\n", [Event(data: "YHOO\n+2\n10")]),
    (
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
      [Event(data: "first event", id: "1"), Event(data: "second event"), Event(data: " third event")]
    ),
    ("data\n\ndata\ndata\n\ndata:", [Event(data: ""), Event(data: "\n")]),
    ("data:test\n\ndata: test\n\n", [Event(data: "test"), Event(data: "test")]),
    ("event: add\ndata: 73857293\n\n", [Event(event: "add", data: "73857293")]),
    ("id: 1\ndata: a\n\ndata: b\n\n", [Event(data: "a", id: "1"), Event(data: "b", id: "1")]),
    ("data: a\r\rdata: b\r\n\r\n", [Event(data: "a"), Event(data: "b")]),
    ("data: a\rdata: b\ndata: c\r\n\n", [Event(data: "a\nb\nc")]),
    ("\u{FEFF}data: a\n\n", [Event(data: "a")]),
    ("data: a\n\n\u{FEFF}data: b\n\n", [Event(data: "a")]),
    ("event: x\n\ndata: a\n\n", [Event(data: "a")]),
    ("event:\ndata: a\n\n", [Event(data: "a")]),
    ("id: a\0b\ndata: x\n\n", [Event(data: "x")]),
    ("retry: 1500\ndata: x\n\nretry: 1x\ndata: y\n\n", [Event(data: "x", retry: 1500), Event(data: "y")]),
    ("retry: 99999999999999999999\ndata: x\n\n", [Event(data: "x")]),
    ("DATA: a\nother: b\n:c\n\n", []),
    ("data: a: b\n\n", [Event(data: "a: b")]),
    ("data: lost", []),
    ("data: lost\n", []),
    ("", []),
    ("data: \u{E4}\u{1F600}\n\n", [Event(data: "\u{E4}\u{1F600}")]),
  ]

  @Test(arguments: table.indices)
  func `reads a stream as the specification says`(row: Int) throws {
    var parser = ServerSentEventParser()
    let (stream, events) = Self.table[row]
    #expect(try parser.feed(stream.utf8) == events)
  }

  @Test(arguments: table.indices)
  func `reads it the same byte by byte`(row: Int) throws {
    var parser = ServerSentEventParser()
    let (stream, events) = Self.table[row]
    #expect(try stream.utf8.flatMap { try parser.feed([$0]) } == events)
  }

  @Test(arguments: [
    "data: 0123456789", "data: 012\ndata: 345\n", ":0123456789abcdef", "x\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\n",
  ])
  func `bounds lines and events`(stream: String) {
    var parser = ServerSentEventParser(limit: 12)
    #expect(throws: ServerSentEventParser.TooLarge(limit: 12)) { try parser.feed(stream.utf8) }
  }

  @Test func `the bound is for each event`() throws {
    var parser = ServerSentEventParser(limit: 12)
    let stream = String(repeating: "data: 01\n\n", count: 100)
    #expect(try parser.feed(stream.utf8).count == 100)
  }
}

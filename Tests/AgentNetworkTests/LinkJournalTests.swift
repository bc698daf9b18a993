import AgentNetwork
import BridgeProtocol
import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct LinkJournalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: FilePath { folder["journal"] }

  private static let message = RequestMessage(sessionId: "s", requestId: "../r 1", content: "hello", attempt: 1)

  private static func chunk(_ seq: Int, _ text: String = "x") -> LinkState.JournalEntry {
    let chunk = Chunk(sessionId: "s", requestId: message.requestId, delta: text, attempt: 1, seq: seq)
    return LinkState.JournalEntry(requestId: message.requestId, attempt: 1, seq: seq, frame: .chunk(chunk))
  }

  private static func done(_ seq: Int) -> LinkState.JournalEntry {
    let done = Completion(sessionId: "s", requestId: message.requestId, attempt: 1, seq: seq)
    return LinkState.JournalEntry(requestId: message.requestId, attempt: 1, seq: seq, frame: .done(done))
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path.string).filter { $0.hasSuffix(".jsonl") }
  }

  /// A journal with a start and frames, whose process has ended.
  private func written(_ entries: [LinkState.JournalEntry]) throws {
    let journal = try LinkJournal(folder: path)
    try journal.start(Self.message)
    for entry in entries { try journal.append(entry) }
  }

  @Test func `another process finds what was started, and every frame`() throws {
    try written([Self.chunk(1), Self.chunk(2), Self.done(3)])

    let journal = try LinkJournal(folder: path)

    let request = try #require(journal.requests.first)
    #expect(journal.requests.count == 1)
    #expect(request.requestId == Self.message.requestId && request.sessionId == "s" && request.attempt == 1)
    #expect(request.acked == 0 && request.last == 3 && !request.isRunning)
    let entries = try journal.entries(of: Self.message.requestId, attempt: 1, from: 2)
    #expect(entries == [Self.chunk(2), Self.done(3)])
  }

  @Test func `a line that was torn anywhere is as if it had never been, and the next one is whole`() throws {
    try written([Self.chunk(1), Self.chunk(2)])
    let name = try #require(files().first)
    let whole = try folder.bytes("journal/\(name)")
    let lastLine = try #require(whole.dropLast().lastIndex(of: UInt8(ascii: "\n")))

    for size in (lastLine + 1)..<whole.count {
      try Data(whole[..<size]).write(to: URL(filePath: path.string + "/" + name))
      let journal = try LinkJournal(folder: path)
      #expect(journal.requests.first?.last == 1)
      #expect(journal.requests.first?.isRunning == true)
      try journal.append(Self.chunk(2, "again"))
      let entries = try journal.entries(of: Self.message.requestId, attempt: 1, from: 1)
      #expect(entries == [Self.chunk(1), Self.chunk(2, "again")])
    }
  }

  @Test func `a frame that was not written whole does no harm to the next one`() throws {
    let journal = try LinkJournal(folder: path)
    try journal.start(Self.message)
    try journal.append(Self.chunk(1))
    let file = try FileHandle(forWritingTo: URL(filePath: path.string + "/" + #require(files().first)))
    try file.seekToEnd()
    try file.write(contentsOf: Data(#"{"entry":{"attempt":1,"#.utf8))
    try file.close()

    try journal.append(Self.chunk(2))
    try journal.append(Self.done(3))

    let entries = try journal.entries(of: Self.message.requestId, attempt: 1, from: 1)
    #expect(entries == [Self.chunk(1), Self.chunk(2), Self.done(3)])
  }

  @Test func `a start that is not whole has started nothing`() throws {
    try written([])
    let name = try #require(files().first)
    try Data(folder.bytes("journal/\(name)").dropLast(3)).write(to: URL(filePath: path.string + "/" + name))

    let journal = try LinkJournal(folder: path)

    #expect(journal.requests.isEmpty)
    #expect(try files().isEmpty)
    try journal.start(Self.message)
  }

  @Test func `an attempt starts once`() throws {
    let journal = try LinkJournal(folder: path)
    try journal.start(Self.message)
    #expect(throws: MeshError.self) { try journal.start(Self.message) }
  }

  @Test func `what is acknowledged goes, and the whole with the end`() throws {
    let journal = try LinkJournal(folder: path)
    try journal.start(Self.message)
    for entry in [Self.chunk(1), Self.chunk(2), Self.done(3)] { try journal.append(entry) }

    try journal.discard(Self.message.requestId, attempt: 1, through: 2)
    #expect(journal.requests.first?.acked == 2)
    #expect(try journal.entries(of: Self.message.requestId, attempt: 1, from: 3) == [Self.done(3)])
    try journal.discard(Self.message.requestId, attempt: 1, through: 3)

    #expect(journal.requests.isEmpty)
    #expect(try files().isEmpty)
  }

  @Test func `a long answer that is acknowledged keeps its file small, and the rest of it`() throws {
    let journal = try LinkJournal(folder: path)
    try journal.start(Self.message)
    let text = String(repeating: "y", count: 1 << 17)
    for seq in 1...80 {
      try journal.append(Self.chunk(seq, text))
      try journal.discard(Self.message.requestId, attempt: 1, through: seq - 1)
    }

    #expect(try folder.bytes("journal/\(#require(files().first))").count < 6 << 20)
    #expect(try journal.entries(of: Self.message.requestId, attempt: 1, from: 80) == [Self.chunk(80, text)])
  }

  @Test func `a request has a bound, beyond which its end still fits`() throws {
    let journal = try LinkJournal(folder: path)
    try journal.start(Self.message)
    let text = String(repeating: "z", count: 4 << 20)
    for seq in 1...15 { try journal.append(Self.chunk(seq, text)) }

    let error = #expect(throws: MeshError.self) { try journal.append(Self.chunk(16, text)) }

    #expect(error?.code == .payloadTooLarge)
    try journal.append(Self.done(16))
    #expect(journal.requests.first?.isRunning == false)
  }

  @Test func `a second process is kept out while the first has the agent`() throws {
    let journal = try LinkJournal(folder: path)
    let error = #expect(throws: MeshError.self) { _ = try LinkJournal(folder: path) }
    #expect(error?.code == .busy)
    #expect(journal.requests.isEmpty)
  }
}

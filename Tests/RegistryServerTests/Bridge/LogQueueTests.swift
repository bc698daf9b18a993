import BridgeProtocol
import Testing

@testable import RegistryServer

/// What goes into the log at once.
@Suite struct LogQueueTests {
  private func entry(_ event: TaskEventBody, seq: Int?) -> PendingEntry {
    PendingEntry(entry: .init(requestId: "r", attempt: 1, seq: seq, event: event), generation: seq.map { _ in 1 })
  }

  /// - Parameter count: Entries before an answer that comes whole.
  @Test(arguments: [0, 509, 510, 511, 512])
  func `the text of an answer that comes whole goes into the log with its end`(count: Int) {
    var queue = LogQueue()
    for _ in 0..<count { queue.add(entry(.note("x"), seq: nil)) }
    let part = TaskEventBody.chunk(delta: "x", kind: .text, toolName: nil, toolCallId: nil)
    for _ in 0..<3 { queue.add(entry(part, seq: nil)) }
    queue.add(entry(.done(result: nil, attachments: [], fileTransferOffer: nil), seq: 1))
    for _ in 0..<600 { queue.add(entry(.note("x"), seq: nil)) }
    var sizes: [Int] = []
    while let batch = queue.next() {
      let answer = batch.entries.filter { $0.entry.event == part || $0.entry.event.isEnding }
      #expect(answer.isEmpty || answer.count == 4)
      sizes.append(batch.entries.count)
    }
    #expect(sizes.reduce(0, +) == count + 604 && sizes.allSatisfy { $0 <= 515 })
  }
}

import BridgeProtocol
import Foundation
import Testing

@testable import RegistryServer

private let long = String(repeating: "n", count: 10_000)

/// What an entry of the log costs, whatever an agent puts where.
@Suite struct PendingEntryTests {
  @Test(arguments: [
    TaskEventBody.chunk(delta: "", kind: .toolStart, toolName: long, toolCallId: nil),
    .chunk(delta: "", kind: .toolResult, toolName: nil, toolCallId: long),
    .chunk(delta: long, kind: .text, toolName: nil, toolCallId: nil),
    .done(result: nil, attachments: [Attachment(name: long, url: "")], fileTransferOffer: nil),
    .done(result: nil, attachments: [Attachment(name: "", url: long)], fileTransferOffer: nil),
  ])
  func `all that an agent writes counts, on its way and in the log`(event: TaskEventBody) {
    let entry = PendingEntry(entry: .init(requestId: "r", attempt: 1, seq: 1, event: event), generation: 1)
    #expect(entry.cost >= 10_000)
    #expect(entry.append(at: Date(timeIntervalSince1970: 0)).textBytes == 10_000)
  }

  @Test func `the reason of a failure counts on its way alone`() {
    let event = TaskEventBody.failed(code: "x", message: long)
    let entry = PendingEntry(entry: .init(requestId: "r", attempt: 1, seq: 1, event: event), generation: 1)
    #expect(entry.cost >= 10_000)
    #expect(entry.append(at: Date(timeIntervalSince1970: 0)).textBytes == 0)
  }
}

import BridgeProtocol
import Foundation
import RegistryStore

/// An entry on its way into the log.
struct PendingEntry: Sendable {
  var entry: RelayState.LogEntry
  /// Of the agent's connection; nil for what the relay says itself.
  var generation: Int?

  /// Bytes that it takes while it waits, about.
  var cost: Int { entry.event.writtenBytes + 256 }

  /// Whether the next entry is of the same frame, whose number it has.
  var goesOn: Bool {
    if case .chunk = entry.event { entry.seq == nil } else { false }
  }

  func append(at time: Date) -> TaskAppend {
    TaskAppend(
      requestID: entry.requestId, attempt: entry.attempt, sourceSequence: entry.seq, generation: generation,
      body: entry.event.json, textBytes: entry.event.loggedBytes, ending: entry.event.ending,
      accepts: entry.event == .accepted, at: time)
  }
}

extension TaskEventBody {
  /// Bytes of whatever an agent can make long in it; flow control counts those of the text alone.
  fileprivate var writtenBytes: Int {
    switch self {
    case .chunk(_, _, let toolName, let toolCallId):
      payloadBytes + (toolName?.utf8.count ?? 0) + (toolCallId?.utf8.count ?? 0)
    case .done(_, let attachments, let offer):
      payloadBytes + attachments.map(\.bytes).reduce(0, +) + (offer?.bytes ?? 0)
    case .failed(let code, let message): code.utf8.count + message.utf8.count
    case .note(let text): text.utf8.count
    case .accepted, .extra: payloadBytes
    }
  }

  /// What counts against the text that a task may have: for the reason of a failure there is always room.
  fileprivate var loggedBytes: Int {
    switch self {
    case .chunk, .extra, .done, .accepted: writtenBytes
    case .failed, .note: 0
    }
  }

  fileprivate var ending: TaskEnding? {
    switch self {
    case .done: .completed
    case .failed(let code, let message): .failed(code: code, message: message)
    case .accepted, .chunk, .extra, .note: nil
    }
  }
}

extension Attachment {
  fileprivate var bytes: Int { name.utf8.count + url.utf8.count + (type?.utf8.count ?? 0) }
}

extension FileTransferOffer {
  fileprivate var bytes: Int { transferId.utf8.count + zipSha256.utf8.count }
}

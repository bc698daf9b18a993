import BridgeProtocol
import Foundation
import RegistryStore

/// An entry on its way into the log.
struct PendingEntry: Sendable {
  var entry: RelayState.LogEntry
  /// Of the agent's connection; nil for what the relay says itself.
  var generation: Int?

  /// Bytes that it takes while it waits, about.
  var cost: Int { entry.event.payloadBytes + 256 }

  func append(at time: Date) -> TaskAppend {
    TaskAppend(
      requestID: entry.requestId, attempt: entry.attempt, sourceSequence: entry.seq, generation: generation,
      body: entry.event.json, textBytes: entry.event.payloadBytes, ending: entry.event.ending,
      accepts: entry.event == .accepted, at: time)
  }
}

extension TaskEventBody {
  fileprivate var ending: TaskEnding? {
    switch self {
    case .done: .completed
    case .failed(let code, let message): .failed(code: code, message: message)
    case .accepted, .chunk, .extra, .note: nil
    }
  }
}

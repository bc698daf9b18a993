import BridgeProtocol
import Skills

/// Keeps in a journal what a link wants kept, and tells its owner what fails.
struct LinkRecorder: Sendable {
  let journal: LinkJournal
  let report: @Sendable (LinkNews) -> Void

  /// Runs that an earlier process had begun: they cannot be gone on with, and must not begin again.
  var interruptedRuns: [LinkState.JournaledRequest] { journal.requests.filter(\.isRunning) }

  /// - Returns: Whether the start is on the disk.
  func start(_ message: RequestMessage) -> Bool {
    trying { () throws(MeshError) in try journal.start(message) }
  }

  /// - Returns: What the request fails with when a frame of it cannot be kept; an ending is sent all the same, on this
  ///   connection, so that nothing fails with it.
  func append(_ entry: LinkState.JournalEntry) -> RunEvent? {
    do throws(MeshError) {
      try journal.append(entry)
      return nil
    } catch {
      report(.trouble(error.message))
      if entry.frame.isEnding { return nil }
      let code = error.code == .payloadTooLarge ? BridgeErrorCode.payloadTooLarge : .internalError
      return .failed(code: code.rawValue, message: error.message)
    }
  }

  /// - Returns: None when they cannot be read.
  func entries(of requestId: String, attempt: Int, from seq: Int) -> [LinkState.JournalEntry] {
    do throws(MeshError) {
      return try journal.entries(of: requestId, attempt: attempt, from: seq)
    } catch {
      report(.trouble(error.message))
      return []
    }
  }

  func discard(_ requestId: String, attempt: Int, through seq: Int) {
    _ = trying { () throws(MeshError) in try journal.discard(requestId, attempt: attempt, through: seq) }
  }

  private func trying(_ body: () throws(MeshError) -> Void) -> Bool {
    do throws(MeshError) {
      try body()
      return true
    } catch {
      report(.trouble(error.message))
      return false
    }
  }
}

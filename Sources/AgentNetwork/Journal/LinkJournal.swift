import BridgeProtocol
import FileSystem
import Skills
import Synchronization
import SystemPackage

/// What an agent has answered and its bridge has not acknowledged, on the disk: a file for each attempt of a request.
///
/// That an attempt has started is on the disk before anybody can act on it. Frames are written without waiting for the
/// disk: they outlive this process, and a failure of the power loses some. A line that was torn is as if it had never
/// been.
package final class LinkJournal: Sendable {
  /// Bytes of frames that are kept for each request.
  package static let requestLimit = 64 << 20
  /// What the last frame of a request may have beyond that.
  private static let reserve = 1 << 20
  /// Bytes of frames that are read at once; the whole of one at least.
  private static let pageSize = 1 << 20
  /// A file is written anew when it has grown by so many bytes.
  private static let growth = 4 << 20

  private struct Key: Hashable {
    let requestId: String
    let attempt: Int

    /// Whatever characters the request has.
    var fileName: String { "\(Digest(of: requestId.utf8).hexadecimal.prefix(32))-\(attempt).jsonl" }
  }

  private let directory: Directory<FileError>
  /// Keeps other processes out as long as it is open.
  private let lock: OpenFile<FileError>
  private let attempts: Mutex<[Key: JournaledAttempt]>

  /// Opens the journal of an agent, and makes it where there is none.
  ///
  /// - Parameter folder: Of this agent alone.
  /// - Throws: `busy` when another process has it; `fileError`.
  package init(folder: FilePath) throws(MeshError) {
    do throws(FileError) {
      let directory = try Directory<FileError>.openOrCreate(folder, mode: 0o700)
      let lock = try directory.openOrCreateFile("lock")
      guard try lock.tryLock() else { throw FileError(.lock, folder, .wouldBlock) }
      let attempts = try Self.read(directory)
      self.directory = directory
      self.lock = lock
      self.attempts = Mutex(attempts)
    } catch {
      throw Self.failure(error)
    }
  }

  /// What was started and is not wholly acknowledged.
  package var requests: [LinkState.JournaledRequest] {
    attempts.withLock { $0.values.map(\.request).sorted { $0.requestId < $1.requestId } }
  }

  /// Records on the disk that an attempt starts.
  ///
  /// - Throws: `fileError`, also when it was started before.
  package func start(_ message: RequestMessage) throws(MeshError) {
    let start = JournalRecord.Start(
      requestId: message.requestId, sessionId: message.sessionId, attempt: message.attempt ?? 1)
    let key = Key(requestId: start.requestId, attempt: start.attempt)
    try changing { attempts throws(FileError) in
      let line = try Self.line(JournalRecord(start: start))
      try directory.write(line, to: key.fileName, mode: 0o600, durably: true)
      try directory.sync()
      attempts[key] = JournaledAttempt(start: start, size: line.count)
    }
  }

  /// Keeps a frame.
  ///
  /// - Throws: `payloadTooLarge` when the request has too many; `fileError`.
  package func append(_ entry: LinkState.JournalEntry) throws(MeshError) {
    let key = Key(requestId: entry.requestId, attempt: entry.attempt)
    let isKept = try changing { attempts throws(FileError) in
      guard var attempt = attempts[key] else { return true }
      let line = try Self.line(JournalRecord(entry: entry))
      let limit = Self.requestLimit + (entry.frame.isEnding ? Self.reserve : 0)
      guard attempt.size + line.count <= limit else { return false }
      // Over what a write that has failed may have left behind the last whole line.
      try directory.openOrCreateFile(key.fileName).write(line, at: attempt.size)
      attempt.add(entry, size: line.count)
      attempts[key] = attempt
      return true
    }
    guard isKept else {
      throw MeshError(.payloadTooLarge, "more than \(Self.requestLimit) bytes of an answer wait to be acknowledged")
    }
  }

  /// Frames of an attempt in their order, from a number on: about 1 MiB of them, and one at least when there is any.
  package func entries(
    of requestId: String, attempt: Int, from seq: Int
  ) throws(MeshError) -> [LinkState.JournalEntry] {
    let key = Key(requestId: requestId, attempt: attempt)
    return try changing { attempts throws(FileError) in
      guard let known = attempts[key] else { return [] }
      let bytes = try directory.file(key.fileName).bytes(at: known.offset(of: seq), count: 2 * Self.pageSize)
      var size = 0
      return JournalRecord.records(in: bytes[...]).compactMap { record, count in
        guard let entry = record.entry, entry.seq >= seq, size < Self.pageSize else { return nil }
        size += count
        return entry
      }
    }
  }

  /// Drops the frames up to a number, and the whole of an attempt that has ended with it.
  ///
  /// - Parameter seq: `.max` for whatever becomes of it.
  package func discard(_ requestId: String, attempt: Int, through seq: Int) throws(MeshError) {
    let key = Key(requestId: requestId, attempt: attempt)
    try changing { attempts throws(FileError) in
      guard var known = attempts[key] else { return }
      if seq < .max { known.acknowledge(seq) }
      if seq == .max || known.isComplete {
        attempts[key] = nil
        try directory.removeFile(key.fileName)
        return
      }
      if known.size - known.cleanSize > Self.growth { known = try rewrite(key, known) }
      attempts[key] = known
    }
  }

  // MARK: - Files

  /// Writes a file anew without what is acknowledged.
  private func rewrite(_ key: Key, _ attempt: JournaledAttempt) throws(FileError) -> JournaledAttempt {
    let bytes = try directory.file(key.fileName).bytes(at: 0, count: attempt.size)
    let kept = JournalRecord.records(in: bytes[...]).map(\.record).filter { record in
      record.entry.map { $0.seq > attempt.acknowledged } ?? false
    }
    let records = [JournalRecord(start: attempt.start), JournalRecord(acknowledged: attempt.acknowledged)] + kept
    return try Self.write(records, to: key.fileName, in: directory) ?? attempt
  }

  private static func write(
    _ records: [JournalRecord], to name: String, in directory: Directory<FileError>
  ) throws(FileError) -> JournaledAttempt? {
    var bytes: [UInt8] = []
    var sized: [(record: JournalRecord, size: Int)] = []
    for record in records {
      let line = try line(record)
      bytes += line
      sized.append((record, line.count))
    }
    try directory.replace(name, with: bytes, .synced)
    return JournaledAttempt(sized)
  }

  /// What the files say; one without a start has started nothing, and one with a torn end is written anew.
  private static func read(_ directory: Directory<FileError>) throws(FileError) -> [Key: JournaledAttempt] {
    var attempts: [Key: JournaledAttempt] = [:]
    for name in try directory.names() where name.hasSuffix(".jsonl") {
      let bytes = try directory.read(name, limit: requestLimit + 2 * reserve) ?? []
      let records = JournalRecord.records(in: bytes[...])
      guard let attempt = JournaledAttempt(records), !attempt.isComplete else {
        try directory.removeFile(name)
        continue
      }
      let isTorn = attempt.size < bytes.count
      let key = Key(requestId: attempt.start.requestId, attempt: attempt.start.attempt)
      attempts[key] = isTorn ? try write(records.map(\.record), to: name, in: directory) : attempt
    }
    return attempts
  }

  private static func line(_ record: JournalRecord) throws(FileError) -> [UInt8] {
    do { return try record.line() } catch { throw FileError(.write, "", .invalidArgument) }
  }

  private func changing<Value: Sendable>(
    _ body: (inout [Key: JournaledAttempt]) throws(FileError) -> Value
  ) throws(MeshError) -> Value {
    let result = attempts.withLock { attempts in
      Result { () throws(FileError) in try body(&attempts) }
    }
    do { return try result.get() } catch { throw Self.failure(error) }
  }

  private static func failure(_ error: FileError) -> MeshError {
    if error.operation == .lock, error.errno == .wouldBlock {
      return MeshError(.busy, "another agent-mesh has this agent connected", hint: "End that one first.")
    }
    return MeshError(error.isFull ? .storageFull : .fileError, "\(error)")
  }
}

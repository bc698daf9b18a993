import NIOCore
import NIOPosix

/// The threads for work that blocks, divided by kind: however much of one kind there is, the others go on.
struct WorkThreads: Sendable {
  /// Reads pieces of blobs: short, whoever asks.
  let reading: NIOThreadPool
  /// Writes and syncs uploads.
  let writing: NIOThreadPool
  /// Reads archives step by step: what readers ask out of them, and whether they are intact.
  let unpacking: WorkQueue
  /// Inspects uploads and builds zips: long, and in one piece.
  let packing: WorkQueue

  /// Starts them.
  init(_ limits: RegistryLimits) {
    reading = NIOThreadPool(numberOfThreads: max(4, System.coreCount))
    writing = NIOThreadPool(numberOfThreads: max(4, System.coreCount))
    func queue(_ threads: Int) -> WorkQueue {
      WorkQueue(threads: threads, limit: limits.openJobs, limitPerClient: limits.openJobsPerClient)
    }
    unpacking = queue(limits.archiveReaders)
    packing = queue(limits.archiveWriters)
    reading.start()
    writing.start()
  }

  /// Finishes what has begun.
  func stop() async throws {
    try await packing.stop()
    try await unpacking.stop()
    try await writing.shutdownGracefully()
    try await reading.shutdownGracefully()
  }
}

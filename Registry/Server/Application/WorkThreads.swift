import NIOCore
import NIOPosix

/// The threads for work that blocks.
///
/// Unpacking has its own, few ones: however many strangers ask for a file out of a large archive, downloads go on.
struct WorkThreads: Sendable {
  let general: NIOThreadPool
  let archives: NIOThreadPool

  /// Starts them.
  init(archiveReaders: Int) {
    general = NIOThreadPool(numberOfThreads: max(4, System.coreCount))
    archives = NIOThreadPool(numberOfThreads: archiveReaders)
    general.start()
    archives.start()
  }

  /// Finishes what has begun.
  func stop() async throws {
    try await archives.shutdownGracefully()
    try await general.shutdownGracefully()
  }
}

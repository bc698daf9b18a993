import Foundation
import Synchronization

/// Threads that all do the same for a while.
struct Crowd: Sendable {
  let clients: Int
  let seconds: Int

  /// Things done a second, of all threads together.
  ///
  /// - Parameter work: Gets the number of its thread and a question whether to go on; returns how many things it did.
  func rate(_ work: @escaping @Sendable (Int, () -> Bool) throws -> Int) throws -> Double {
    let result = Mutex<(done: Int, failure: (any Error)?)>((0, nil))
    let everyone = DispatchGroup()
    let start = ContinuousClock.now
    let end = start + .seconds(seconds)
    for client in 0..<clients {
      everyone.enter()
      Thread.detachNewThread {
        do {
          let done = try work(client) { ContinuousClock.now < end }
          result.withLock { $0.done += done }
        } catch {
          result.withLock { $0.failure = error }
        }
        everyone.leave()
      }
    }
    everyone.wait()
    let elapsed = ContinuousClock.now - start
    let (done, failure) = result.withLock { $0 }
    if let failure { throw failure }
    return Double(done) / elapsed.seconds
  }
}

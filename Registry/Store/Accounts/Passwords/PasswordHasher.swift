import Skills
import Synchronization

/// Hashes passwords, one at a time on a thread that gives way to everybody: each takes much memory and time.
package final class PasswordHasher: Sendable {
  /// Passwords that wait while one is hashed.
  package static let waitingLimit = 16

  let parameters: ScryptParameters
  /// Compared with where there is no password, so that it takes as long.
  let dummy: PasswordHash
  private let line = Mutex(Line())

  private struct Line {
    var waiting: [@Sendable () -> Void] = []
    /// Those that wait, and the one that is worked on.
    var open = 0
    /// Whether there is a thread; it ends when nothing waits.
    var hasThread = false
  }

  package init(_ parameters: ScryptParameters) {
    self.parameters = parameters
    dummy = PasswordHash(dummy: parameters)
  }

  /// - Throws: `unavailable` when too many wait.
  func hash(_ password: Password) async throws -> PasswordHash {
    try await run { [parameters] in try PasswordHash(of: password, parameters) }
  }

  /// - Throws: `unavailable` when too many wait.
  func matches(_ password: Password, _ hash: PasswordHash) async throws -> Bool {
    try await run { try hash.matches(password) }
  }

  /// Passwords that are hashed or wait.
  package var openCount: Int { line.withLock(\.open) }

  /// Does work when it is its turn.
  ///
  /// - Throws: `unavailable` when too many wait; what `work` throws.
  package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = enqueue { [self] in
        let result = Result(catching: work)
        line.withLock { $0.open -= 1 }
        continuation.resume(with: result)
      }
      if !isTaken { continuation.resume(throwing: Self.crowded) }
    }
  }

  private static var crowded: MeshError {
    MeshError(.unavailable, "too many people are signing in at once", hint: "Try again in some seconds.")
  }

  private func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
    let (isTaken, needsThread) = line.withLock { line -> (Bool, Bool) in
      guard line.open <= Self.waitingLimit else { return (false, false) }
      line.open += 1
      line.waiting.append(job)
      defer { line.hasThread = true }
      return (true, !line.hasThread)
    }
    if needsThread { BackgroundThread.start { [self] in workThrough() } }
    return isTaken
  }

  private func workThrough() {
    while let job = next() { job() }
  }

  private func next() -> (@Sendable () -> Void)? {
    line.withLock { line in
      guard line.waiting.isEmpty else { return line.waiting.removeFirst() }
      line.hasThread = false
      return nil
    }
  }
}

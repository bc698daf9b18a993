import Dispatch
import Skills
import Synchronization

/// Hashes passwords, one at a time on a thread of its own: each takes much memory and time.
package final class PasswordHasher: Sendable {
  /// Passwords that wait while one is hashed.
  package static let waitingLimit = 16

  let parameters: ScryptParameters
  /// Compared with where there is no password, so that it takes as long.
  let dummy: PasswordHash
  private let queue = DispatchQueue(label: "registry.passwords")
  private let open = Mutex(0)

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
  package var openCount: Int { open.withLock { $0 } }

  /// Does work when it is its turn.
  ///
  /// - Throws: `unavailable` when too many wait; what `work` throws.
  package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try open.withLock { open throws(MeshError) in
      guard open <= Self.waitingLimit else {
        throw MeshError(.unavailable, "too many people are signing in at once", hint: "Try again in some seconds.")
      }
      open += 1
    }
    defer { open.withLock { $0 -= 1 } }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: work)) }
    }
  }
}

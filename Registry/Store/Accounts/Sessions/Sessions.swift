import Foundation

/// Sessions of browsers.
extension Accounts {
  /// How long a session lasts, used or not.
  package static let sessionLifetime: TimeInterval = 30 * 86_400

  /// Starts a session and returns what the browser keeps.
  package func startSession(
    of account: AccountID, on client: ClientDescription, at time: Date
  ) async throws -> (session: Session, secret: Secret) {
    fatalError("not written yet")
  }

  /// Whose session it is; nil when it is unknown or has ended.
  package func session(presenting secret: Secret, at time: Date) async throws -> Session? {
    fatalError("not written yet")
  }

  /// Those that last, the newest first.
  package func sessions(of account: AccountID, at time: Date) async throws -> [Session] {
    fatalError("not written yet")
  }

  /// Ends one session of an account; false when there is none of that number.
  package func endSession(_ id: Int64, of account: AccountID) async throws -> Bool {
    fatalError("not written yet")
  }

  /// Ends all but one; nil ends all.
  package func endSessions(of account: AccountID, except id: Int64?) async throws {
    fatalError("not written yet")
  }
}

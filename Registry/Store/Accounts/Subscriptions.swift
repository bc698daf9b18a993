import Foundation
import Skills

/// An author that an account follows.
package struct Subscription: Sendable, Hashable {
  package var authorID: Int64
  package var author: AuthorName
  package var displayName: DisplayName?
  package var since: Date
}

/// Which authors an account follows.
extension Accounts {
  /// - Returns: False when there is no such author.
  package func subscribe(_ account: AccountID, toAuthor id: Int64, at time: Date) async throws -> Bool {
    fatalError("not written yet")
  }

  package func unsubscribe(_ account: AccountID, fromAuthor id: Int64) async throws {
    fatalError("not written yet")
  }

  /// By name.
  package func subscriptions(of account: AccountID) async throws -> [Subscription] {
    fatalError("not written yet")
  }
}

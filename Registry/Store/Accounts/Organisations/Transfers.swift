import Foundation
import Skills

/// An organisation that its owner has offered to another account.
package struct Transfer: Sendable, Hashable {
  package var id: Int64
  package var organisation: Organisation
  /// Who offers it.
  package var from: AuthorName
  package var to: AuthorName
  package var expiresAt: Date
}

/// Handing an organisation to another account: offered by one side, accepted by the other.
extension Accounts {
  /// How long an offer stands.
  package static let transferLifetime: TimeInterval = 7 * 86_400

  /// Offers an organisation; an earlier offer of it ends.
  ///
  /// - Throws: `.notOwner`, `.unknownAccount`.
  package func offer(
    _ organisation: Organisation, to recipient: AuthorName, by owner: AccountID, at time: Date
  ) async throws -> Transfer {
    fatalError("not written yet")
  }

  /// The offers that stand, made to an account or by it.
  package func transfers(of account: AccountID, at time: Date) async throws -> [Transfer] {
    fatalError("not written yet")
  }

  /// Makes the recipient the only owner and ends every membership and every token of the old side, in one transaction.
  ///
  /// - Throws: `.transferEnded` when the offer no longer stands, or was made to another account.
  package func accept(transfer id: Int64, by recipient: AccountID, at time: Date) async throws {
    fatalError("not written yet")
  }

  /// Ends an offer, from either side.
  ///
  /// - Throws: `.transferEnded`.
  package func decline(transfer id: Int64, by account: AccountID, at time: Date) async throws {
    fatalError("not written yet")
  }
}

import Foundation

/// A ticket that was just made, to be shown once.
package struct IssuedTicket: Sendable {
  package let ticket: ConnectTicket
  package let expiresAt: Date

  /// The text that its owner keeps.
  package var secret: String { ticket.secret }
}

import HTTPTransport
import RegistryClient
import Skills

/// The link of a ticket, as somebody pastes it: `https://host/api/connect/ct_…`.
struct TicketLink {
  private static let path = "/api/connect/"
  private static let maximumTicketBytes = 200

  let registry: RegistryAddress
  let ticket: String

  /// - Throws: `usage` for anything else, and for a link that others on the way could read.
  init(parsing text: String) throws(MeshError) {
    guard let range = text.ranges(of: Self.path).last,
      let registry = try? RegistryAddress(parsing: String(text[..<range.lowerBound]))
    else { throw Self.refusal }
    ticket = String(text[range.upperBound...])
    let isTicket = ticket.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_".utf8.contains($0) }
    guard isTicket, ticket.hasPrefix("ct_"), ticket.utf8.count <= Self.maximumTicketBytes else { throw Self.refusal }
    guard registry.origin.scheme == .https || registry.origin.isLoopback else {
      throw MeshError(
        .usage, "the ticket of \(registry) is not for https, and others could read it",
        hint: "Write the link with https.")
    }
    self.registry = registry
  }

  /// The ticket itself is a secret and is in no message.
  private static var refusal: MeshError {
    MeshError(
      .usage, "this is not the link of a ticket",
      hint: "Copy all of it from the page of the agent: https://host/api/connect/ct_…")
  }
}

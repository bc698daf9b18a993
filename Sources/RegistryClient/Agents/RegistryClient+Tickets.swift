import HTTPTransport
import RegistryAPI
import Skills

extension RegistryClient {
  /// Redeems the ticket of an agent, once.
  ///
  /// - Throws: `notFound` for one that was used, has expired or never was.
  package func redeem(ticket: String) async throws -> ConnectTicketRedemption {
    let response = try await ownAnswer(to: makeRequest(.post, Route.ticketRedemption.path([ticket])))
    guard response.isSuccess else {
      let failure = failure(response)
      guard failure.code == .notFound else { throw failure }
      throw failure.with(hint: "A ticket is good once, for 15 minutes. Make a new one on the page of the agent.")
    }
    return try decode(ConnectTicketRedemption.self, from: response)
  }
}

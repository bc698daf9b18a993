import Skills
import Synchronization

/// How many bytes of requests, or of responses, may be in memory because the other side has not sent or taken the rest:
/// of one client, and of all.
package final class ByteBudget: Sendable {
  /// What the bytes are of.
  package enum Kind: String, Sendable { case requests, responses }

  private struct State {
    var total = 0
    var byClient: [Client: Int] = [:]
  }

  private let state = Mutex(State())
  private let kind: Kind
  private let limit: Int
  private let limitPerClient: Int

  /// - Parameters:
  ///   - limit: Bytes of all clients together.
  ///   - limitPerClient: Bytes of one client.
  package init(of kind: Kind, limit: Int, limitPerClient: Int) {
    self.kind = kind
    self.limit = limit
    self.limitPerClient = limitPerClient
  }

  /// Bytes that are reserved now.
  package var reserved: Int { state.withLock(\.total) }

  /// Sets bytes aside until the result is gone.
  ///
  /// - Throws: `tooManyRequests` when the client has more under way than it may, `unavailable` when all together have.
  package func reserve(_ count: Int, for client: Client) throws(MeshError) -> Reservation {
    let reservation = Reservation(client, in: self)
    try reservation.grow(by: count)
    return reservation
  }

  fileprivate func take(_ count: Int, for client: Client) throws(MeshError) {
    try state.withLock { state throws(MeshError) in
      let own = state.byClient[client, default: 0]
      // One always gets through, however large it is.
      guard own == 0 || own + count <= limitPerClient else {
        throw MeshError(
          .tooManyRequests, "too many \(kind.rawValue) of yours are under way",
          hint: "Finish those that have begun.")
      }
      guard state.total == 0 || state.total + count <= limit else {
        throw MeshError(.unavailable, "the registry has as many \(kind.rawValue) under way as it can")
      }
      state.total += count
      state.byClient[client] = own + count
    }
  }

  fileprivate func release(_ count: Int, of client: Client) {
    state.withLock { state in
      state.total -= count
      let rest = (state.byClient[client] ?? 0) - count
      state.byClient[client] = rest > 0 ? rest : nil
    }
  }

  /// Bytes set aside for one request or response, given back with the last reference.
  package final class Reservation: Sendable {
    private let count = Atomic(0)
    private let client: Client
    private let budget: ByteBudget

    fileprivate init(_ client: Client, in budget: ByteBudget) {
      self.client = client
      self.budget = budget
    }

    deinit { budget.release(count.load(ordering: .relaxed), of: client) }

    /// Sets more bytes aside.
    ///
    /// - Throws: As `reserve` does; what is reserved already stays so.
    package func grow(by more: Int) throws(MeshError) {
      try budget.take(more, for: client)
      count.add(more, ordering: .relaxed)
    }
  }
}

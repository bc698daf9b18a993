import Skills
import Synchronization

/// How many bytes of responses may be in memory because their readers have not taken them: of one client, and of all.
package final class ResponseBudget: Sendable {
  private struct State {
    var total = 0
    var byClient: [Client: Int] = [:]
  }

  private let state = Mutex(State())
  private let limit: Int
  private let limitPerClient: Int

  /// - Parameters:
  ///   - limit: Bytes of all clients together.
  ///   - limitPerClient: Bytes of one client.
  package init(limit: Int, limitPerClient: Int) {
    self.limit = limit
    self.limitPerClient = limitPerClient
  }

  /// Bytes that are reserved now.
  package var reserved: Int { state.withLock(\.total) }

  /// Sets bytes aside until the result is gone.
  ///
  /// - Throws: `tooManyRequests` when the client has more under way than it may, `unavailable` when all together have.
  package func reserve(_ count: Int, for client: Client) throws(MeshError) -> Reservation {
    try state.withLock { state throws(MeshError) in
      let own = state.byClient[client, default: 0]
      // One response always goes out, however large it is.
      guard own == 0 || own + count <= limitPerClient else {
        throw MeshError(
          .tooManyRequests, "too many responses are on their way to you", hint: "Read those that have begun.")
      }
      guard state.total == 0 || state.total + count <= limit else {
        throw MeshError(.unavailable, "the registry has as many responses under way as it can")
      }
      state.total += count
      state.byClient[client] = own + count
    }
    return Reservation(count, client, in: self)
  }

  fileprivate func release(_ count: Int, of client: Client) {
    state.withLock { state in
      state.total -= count
      let rest = (state.byClient[client] ?? 0) - count
      state.byClient[client] = rest > 0 ? rest : nil
    }
  }

  /// Bytes set aside for one response, given back with the last reference.
  package final class Reservation: Sendable {
    private let count: Int
    private let client: Client
    private let budget: ResponseBudget

    fileprivate init(_ count: Int, _ client: Client, in budget: ResponseBudget) {
      self.count = count
      self.client = client
      self.budget = budget
    }

    deinit { budget.release(count, of: client) }
  }
}

import Skills

/// How many jobs of one kind have begun and not ended, of every client and of all, and no more of them than may be.
struct OpenJobs: Sendable {
  private let limit: Int
  private let limitPerClient: Int
  private var count = 0
  private var byClient: [Client: Int] = [:]

  init(limit: Int, limitPerClient: Int) {
    self.limit = limit
    self.limitPerClient = limitPerClient
  }

  /// - Throws: `tooManyRequests` or `unavailable` when too many are open already.
  mutating func open(_ client: Client) throws(MeshError) {
    guard byClient[client, default: 0] < limitPerClient else {
      throw MeshError(.tooManyRequests, "too many requests of yours are waiting", hint: "Wait for some of them.")
    }
    guard count < limit else {
      throw MeshError(.unavailable, "the registry has more to do than it can take on at once")
    }
    byClient[client, default: 0] += 1
    count += 1
  }

  mutating func close(_ client: Client) {
    count -= 1
    let rest = (byClient[client] ?? 0) - 1
    byClient[client] = rest > 0 ? rest : nil
  }
}

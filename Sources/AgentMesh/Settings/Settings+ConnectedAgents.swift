extension Settings {
  /// The alias and the entry of an agent; nil for one that this machine does not connect.
  func connectedAgent(id: String) -> (alias: String, agent: ConnectedAgent)? {
    connectedAgents.sorted { $0.key < $1.key }.first { $0.value.agentId == id }.map { ($0.key, $0.value) }
  }

  /// The aliases of agents that have a token of their own, in order.
  var agentsWithToken: [String] { connectedAgents.filter { $0.value.token != nil }.keys.sorted() }

  /// Keeps the entry of an agent in the place of the one that it has.
  ///
  /// - Parameter name: What the alias of a new one is made of.
  /// - Returns: Its alias.
  @discardableResult
  mutating func keep(_ agent: ConnectedAgent, named name: String) -> String {
    let alias = connectedAgent(id: agent.agentId)?.alias ?? freeAlias(for: name)
    connectedAgents[alias] = agent
    return alias
  }

  /// An alias that no other agent has, such as `my-agent` or `my-agent-2`.
  func freeAlias(for name: String) -> String {
    let base = Self.alias(for: name)
    let taken = Set((values["agents"]?.members ?? [:]).keys)
    var (alias, number) = (base, 2)
    while taken.contains(alias) {
      alias = "\(base)-\(number)"
      number += 1
    }
    return alias
  }

  /// Lower-case letters and digits, with `-` for each run of anything else; `agent` where nothing is left.
  static func alias(for name: String) -> String {
    let words = name.lowercased().prefix(80).split { !$0.isLetter && !$0.isNumber }
    return words.isEmpty ? "agent" : words.joined(separator: "-")
  }
}

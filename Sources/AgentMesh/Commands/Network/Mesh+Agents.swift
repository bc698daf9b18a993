import AgentNetwork
import FoundationSubset
import RegistryAPI
import RegistryClient
import Skills

extension Mesh {
  /// The UUID of an agent that somebody has named: by UUID, an alias of this machine, `author/name`, or the name of one
  /// of their own, in this order.
  ///
  /// - Throws: `notFound` when nothing has that name.
  func agentID(_ reference: String, at client: RegistryClient) async throws -> String {
    if let id = UUID(uuidString: reference) { return id.uuidString.lowercased() }
    if let id = try settings.read().agentID(alias: reference) { return id }
    if let (author, slug) = try Self.fullName(reference) { return try await client.agent(of: author, slug: slug).id }
    return try await ownAgent(named: reference, at: client).id
  }

  /// All that may be known of an agent that somebody has named.
  func agent(_ reference: String, at client: RegistryClient) async throws -> AgentSummary {
    if let (author, slug) = try Self.fullName(reference) { return try await client.agent(of: author, slug: slug) }
    return try await client.agent(agentID(reference, at: client))
  }

  private func ownAgent(named name: String, at client: RegistryClient) async throws -> AgentSummary {
    let own = client.hasToken ? try await client.ownAgents() : []
    let wanted = name.lowercased()
    if let agent = own.first(where: { $0.name.lowercased() == wanted || $0.slug == wanted }) { return agent }
    throw MeshError(
      .notFound, "you have no agent '\(name, limit: 80)'",
      hint: client.hasToken
        ? "See yours with 'agent-mesh agents list'; write those of others as author/name."
        : "Write it as author/name, or log in first: agent-mesh login --registry \(client.address)")
  }

  /// Nil for what is no full name.
  private static func fullName(_ reference: String) throws -> (AuthorName, String)? {
    let parts = reference.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return nil }
    guard parts.count == 2, !parts[1].isEmpty else {
      throw MeshError(.usage, "'\(reference, limit: 120)' names no agent", hint: "Write it as author/name.")
    }
    return (try AuthorName(parsing: parts[0]), parts[1])
  }
}

extension Settings {
  /// The UUID of an agent that is connected from this machine under an alias.
  func agentID(alias: String) -> String? {
    values["agents"]?.members?[alias]?.members?["agentId"]?.text
  }

  /// The aliases of agents that are connected from this machine, in order.
  var agentAliases: [String] { (values["agents"]?.members ?? [:]).keys.sorted() }
}

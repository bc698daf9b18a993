import AgentNetwork
import FileSystem
import FoundationSubset
import HTTPTransport
import RegistryAPI
import RegistryClient
import Skills
import SystemPackage

extension Connect {
  /// Redeems a ticket, and keeps what it gives in the entry of its agent at once: there is no second time.
  func redeem(_ link: TicketLink, _ mesh: Mesh) async throws -> (alias: String?, agent: ConnectedAgent) {
    try confirm(link, mesh)
    // Before the ticket is used up.
    if let bridgeUrl { try mesh.checkEncryption(of: BridgeAddress(parsing: bridgeUrl)) }
    let client = try RegistryClient(address: link.registry, token: nil, transport: mesh.transport)
    let redeemed = try await client.redeem(ticket: link.ticket)
    let bridge = try check(redeemed, from: link.registry)
    let folder = mesh.settings.folder + "/agents/"
    var (alias, agent): (String, ConnectedAgent) = ("", new(redeemed, bridge))
    try mesh.settings.change { settings throws(MeshError) in
      if let known = settings.connectedAgent(id: agent.agentId) { agent = known.agent }
      alias = settings.connectedAgent(id: agent.agentId)?.alias ?? settings.freeAlias(for: name(redeemed))
      agent.token = redeemed.token
      agent.agentType = redeemed.agentType
      agent.bridgeUrl = bridge.description
      agent.projectPath = agent.projectPath ?? folder + alias
      settings.connectedAgents[alias] = agent
    }
    if project == nil { try Self.makeFolder(agent.projectPath ?? folder + alias) }
    mesh.talk.info("The ticket is redeemed; the agent is called \(alias) on this machine.")
    // It can be connected as another kind, where somebody says so.
    guard type != nil || Self.types.contains(agent.agentType) else {
      throw MeshError(
        .usage,
        """
        the agent is of the type '\(agent.agentType, limit: 80)', which this program cannot connect; \
        there is: \(Self.typeList)
        """,
        hint: "Name a program of yours that answers: agent-mesh connect exec --agent-id \(alias) -- <program>")
    }
    return (alias, agent)
  }

  private func new(_ redeemed: ConnectTicketRedemption, _ bridge: BridgeAddress) -> ConnectedAgent {
    ConnectedAgent(
      agentId: redeemed.agentId.lowercased(), agentType: redeemed.agentType, bridgeUrl: bridge.description,
      addedAt: Date())
  }

  private func name(_ redeemed: ConnectTicketRedemption) -> String {
    project.flatMap { FilePath($0).resolved?.lastComponent?.string } ?? String(redeemed.agentId.prefix(8))
  }

  /// A link that somebody sends must not decide which registry this machine trusts.
  private func confirm(_ link: TicketLink, _ mesh: Mesh) throws {
    if try mesh.address(registry) == link.registry { return }
    try mesh.confirm(
      "The ticket is of \(link.registry), which is not your registry. Connect an agent to it?",
      needed: "the ticket is of \(link.registry), which is not your registry",
      hint: "If you trust it, add --registry \(link.registry)", declined: "nothing was connected")
  }

  /// - Throws: `forbidden` for a bridge on another host: the token would go there.
  private func check(
    _ redeemed: ConnectTicketRedemption, from registry: RegistryAddress
  ) throws(MeshError) -> BridgeAddress {
    guard UUID(uuidString: redeemed.agentId) != nil,
      (try? Credential(token: redeemed.token, for: registry.origin)) != nil
    else { throw MeshError(.networkError, "\(registry) did not answer like a registry") }
    let bridge = try BridgeAddress(parsing: bridgeUrl ?? redeemed.bridgeUrl)
    guard bridgeUrl != nil || bridge.origin.host == registry.origin.host else {
      throw MeshError(
        .forbidden, "\(registry) sends the agent to the bridge \(bridge), on another host",
        hint: "If you trust it, make a new ticket and add --bridge-url \(bridge)")
    }
    return bridge
  }

  private static func makeFolder(_ path: String) throws(MeshError) {
    do throws(FileError) {
      _ = try Directory<FileError>.openOrCreate(FilePath(path), mode: 0o700)
    } catch {
      throw MeshError(.fileError, "\(error)")
    }
  }
}

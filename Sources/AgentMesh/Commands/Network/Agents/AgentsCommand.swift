import ArgumentParser

/// `agent-mesh agents`.
struct AgentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agents",
    abstract: "List, make, change, share and remove your agents.",
    discussion: """
      An agent is made here, and goes online with: agent-mesh connect

        agent-mesh agents create --name reviewer --capabilities review,swift
        agent-mesh connect exec --agent-id reviewer -- ./my-agent
        agent-mesh agents publish reviewer

      Others find it with 'agent-mesh discover', and use it with 'agent-mesh chat' and 'agent-mesh call'.
      """,
    subcommands: [
      ListAgents.self, CreateAgent.self, ShowAgent.self, UpdateAgent.self, PublishAgent.self, UnpublishAgent.self,
      DeleteAgent.self, AgentAccessCommand.self, CreateTicket.self,
    ])
}

/// `agent-mesh agents access`.
struct AgentAccessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "List, give or end the access of others to a private agent.",
    subcommands: [ListAgentAccess.self, GrantAgentAccess.self, RevokeAgentAccess.self])
}

import RegistryStore

/// An agent before whoever may see it.
struct VisitedAgent: RequestSubject {
  /// Nil for somebody whom nobody knows.
  var visitor: Accounts.Identity?
  var agent: AgentRecord

  var payer: Int64? { visitor?.authorID }
}

/// An agent before somebody who may call it.
struct CalledAgent: RequestSubject {
  var caller: any Principal
  /// That of the caller, to whom tasks and conversations belong.
  var account: AccountID
  var agent: AgentRecord

  var payer: Int64? { caller.authorID }
}

/// An agent in the hands of its owner.
struct OwnedAgent: RequestSubject {
  var owner: Accounts.Identity
  var agent: AgentRecord

  var payer: Int64? { owner.authorID }
}

/// Somebody who looks at the page of an agent.
struct AgentVisit: RequestSubject {
  var visitor: Visitor
  var agent: AgentRecord

  var payer: Int64? { visitor.payer }
  var isPrivate: Bool { visitor.isPrivate || !agent.isPublic }
}

/// Somebody signed in, before an agent that they may call, or that they own where the row demands it.
struct PersonalAgentVisit: RequestSubject {
  var person: Person
  var agent: AgentRecord

  var payer: Int64? { person.payer }
  var called: CalledAgent { CalledAgent(caller: person.session, account: person.account.id, agent: agent) }
}

/// The platform, which has proved itself.
struct PlatformCaller: RequestSubject {
  var payer: Int64? { nil }
}

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
  var caller: Accounts.Identity
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

/// The platform, which has proved itself.
struct PlatformCaller: RequestSubject {
  var payer: Int64? { nil }
}

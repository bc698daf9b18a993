import Skills

/// Every path of the registry, as a template whose `:name` parts are filled in order.
///
/// The server registers the templates, the client fills them: neither spells a path itself.
package enum Route: String, Sendable, CaseIterable {
  case publish = "/api/skills/publish"
  case latest = "/api/skills/latest"
  case skill = "/api/skills/:author/:slug"
  case download = "/api/skills/:author/:slug/download"
  case raw = "/api/skills/:author/:slug/raw"
  case versions = "/api/skills/:author/:slug/versions"
  case version = "/api/skills/:author/:slug/versions/:version"
  case versionDownload = "/api/skills/:author/:slug/versions/:version/download"
  case versionRaw = "/api/skills/:author/:slug/versions/:version/raw"
  case files = "/api/skills/:author/:slug/versions/:version/files"
  case file = "/api/skills/:author/:slug/versions/:version/files/**"
  case ownSkills = "/api/user/skills"
  case profile = "/api/user/profile"
  case ownToken = "/api/user/token"
  case yank = "/api/skills/:author/:slug/versions/:version/yank"
  case search = "/api/search"
  case index = "/index/:author/:slug"
  case indexBatch = "/api/index"
  case health = "/health"
  case deviceLogin = "/api/auth/device"
  case deviceToken = "/api/auth/device/token"
  case tokens = "/api/settings/cli-tokens"
  case token = "/api/settings/cli-tokens/:id"
  case authorLookup = "/api/authors/resolve"
  case authorSubscription = "/api/authors/:id/subscribe"
  case subscriptions = "/api/user/subscriptions"
  case secretReport = "/api/secret-report"
  case atomFeed = "/authors/:author/feed.atom"
  case jsonFeed = "/authors/:author/feed.json"
  case contract = "/api/openapi.yaml"

  // Agents.
  case ownAgents = "/api/developer/agents"
  case ownAgent = "/api/developer/agents/:id"
  case connectTicket = "/api/developer/agents/:id/connect-ticket"
  case agentDisconnection = "/api/developer/agents/:id/disconnect"
  case ticketRedemption = "/api/connect/:ticket"
  case discover = "/api/agents/discover"
  case agentLookup = "/api/agents/resolve"
  case agentSettings = "/api/agents/:id/settings"
  case agentAccess = "/api/agents/:id/access"
  case agentStatus = "/api/agents/:id/status"
  case agentStatistics = "/api/agents/:id/stats"
  case agentCall = "/api/agents/:id/call"
  case agentChat = "/api/agents/:id/chat"
  case agentRating = "/api/agents/:id/rate"
  case agentSignal = "/api/agents/:id/rtc-signal"
  case agentConversations = "/api/agents/:id/sessions"
  case taskStatus = "/api/agents/:id/task-status/:request_id"
  case taskEvents = "/api/agents/:id/tasks/:request_id/events"
  case taskCancellation = "/api/agents/:id/tasks/:request_id/cancel"
  case webhooks = "/api/webhooks/subscribe"

  // For a platform that speaks for its own people.
  case platformRelay = "/api/relay"
  case platformCancellation = "/api/cancel"
  case platformDisconnection = "/api/disconnect"
  case platformCall = "/api/a2a/call"
  case platformTaskStatus = "/api/task-status"
  case platformConnections = "/api/agents-by-token"
  case platformSignal = "/api/rtc-signal/:id"

  // Pages.
  case home = "/"
  case apiPage = "/api"
  case searchPage = "/search"
  case asset = "/assets/:file"
  case authorPage = "/authors/:author"
  case skillPage = "/authors/:author/skills/:slug"
  case versionsPage = "/authors/:author/skills/:slug/versions"
  case versionPage = "/authors/:author/skills/:slug/versions/:version"
  case filesPage = "/authors/:author/skills/:slug/versions/:version/files"
  case filePage = "/authors/:author/skills/:slug/versions/:version/files/**"
  case rawPage = "/authors/:author/skills/:slug/versions/:version/raw/**"
  case signUp = "/signup"
  case signIn = "/login"
  case signOut = "/logout"
  case link = "/link/:secret"
  case devicePage = "/auth/device"
  case tokensPage = "/settings/tokens"
  case tokenEnd = "/settings/tokens/:id/revoke"
  case sessionsPage = "/settings/sessions"
  case sessionEnd = "/settings/sessions/:id/end"
  case settings = "/settings"
  case passwordChange = "/settings/password"
  case handleChange = "/settings/handle"
  case accountDeletion = "/settings/delete"
  case invitation = "/settings/invitations"
  case organisationsPage = "/settings/organisations"
  case organisationPage = "/settings/organisations/:name"
  case organisationMembers = "/settings/organisations/:name/members"
  case memberRemoval = "/settings/organisations/:name/members/:handle/remove"
  case organisationRename = "/settings/organisations/:name/rename"
  case organisationDeletion = "/settings/organisations/:name/delete"
  case organisationTransfer = "/settings/organisations/:name/transfer"
  case transferAcceptance = "/settings/transfers/:id/accept"
  case transferEnd = "/settings/transfers/:id/end"
  case skillTransfer = "/authors/:author/skills/:slug/transfer"
  case skillTransferAcceptance = "/settings/skill-transfers/:id/accept"
  case skillTransferEnd = "/settings/skill-transfers/:id/end"
  case subscriptionsPage = "/settings/subscriptions"
  case authorFollow = "/authors/:author/follow"
  case authorUnfollow = "/authors/:author/unfollow"

  // Pages about agents.
  case agentsPage = "/agents"
  case agentLink = "/agents/:id"
  case agentPage = "/authors/:author/agents/:agent"
  case chatPage = "/authors/:author/agents/:agent/chat"
  case conversationPage = "/authors/:author/agents/:agent/chat/:session"
  case answerEvents = "/authors/:author/agents/:agent/tasks/:request_id/events"
  case answerStop = "/authors/:author/agents/:agent/tasks/:request_id/stop"
  case ownAgentsPage = "/settings/agents"
  case ownAgentPage = "/settings/agents/:id"
  case agentPublication = "/settings/agents/:id/publish"
  case agentWithdrawal = "/settings/agents/:id/unpublish"
  case agentDeletion = "/settings/agents/:id/delete"
  case agentTicket = "/settings/agents/:id/ticket"
  case agentSharing = "/settings/agents/:id/access"
  case agentSharingEnd = "/settings/agents/:id/access/:author/revoke"
  case agentCallsPage = "/settings/agents/:id/calls"
  case conversationsPage = "/settings/conversations"

  /// The template with `values` in place of its parts, each percent-encoded; surplus parts stay as they are.
  package func path(_ values: [String]) -> String {
    var remaining = values[...]
    let parts = rawValue.split(separator: "/", omittingEmptySubsequences: false).map { part -> String in
      guard part.hasPrefix(":") || part == "**", let value = remaining.popFirst() else { return String(part) }
      return part == "**" ? PercentEncoding.path(value) : PercentEncoding.component(value)
    }
    return parts.joined(separator: "/")
  }

  /// The template filled with a skill's name, and a version and a file's path where it has them.
  package func path(of name: SkillName, version: SemanticVersion? = nil, file: SkillPath? = nil) -> String {
    path([name.author.rawValue, name.slug.rawValue] + [version?.description, file?.string].compactMap(\.self))
  }

  /// A path of this template with another value, which is no more than visible ASCII, for one of its parts.
  package func path(_ path: some StringProtocol, with value: String, for part: String) -> String {
    let template = rawValue.split(separator: "/")
    let parts = path.split(separator: "/").map { String($0) }.enumerated().map { index, own in
      index < template.count && template[index] == part ? value : own
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Whether a path, as it stands in a request, is this template filled in; empty parts do not count.
  package func matches(_ path: some StringProtocol) -> Bool {
    let template = rawValue.split(separator: "/")
    let parts = path.split(separator: "/")
    if template.last == "**" {
      guard parts.count >= template.count else { return false }
    } else if parts.count != template.count {
      return false
    }
    return zip(template, parts).allSatisfy { $0.hasPrefix(":") || $0 == "**" || $0 == $1 }
  }
}

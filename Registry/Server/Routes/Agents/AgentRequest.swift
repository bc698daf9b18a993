import BridgeProtocol
import Foundation
import HTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// What a caller asks an agent.
struct AgentRequest: Sendable {
  var kind: TaskKind
  var content: String
  var callID: String
  var session: SessionKey
  var isAsync: Bool
  var withFiles: Bool?
  /// Of the conversation.
  var title: String?
  /// Where its end is to be reported.
  var callbackURL: String?

  /// A call, which is a conversation of its own.
  init(_ request: CallRequest, isAsync: Bool) {
    let id = Self.newID()
    kind = .call
    content = request.taskDescription
    callID = id
    session = SessionKey(ofCall: id)
    self.isAsync = isAsync
    withFiles = request.withFiles
    callbackURL = request.callbackUrl
  }

  /// A message of a chat.
  init(_ request: ChatRequest, in session: SessionKey, isAsync: Bool) {
    kind = .chat
    content = request.message
    callID = Self.newID()
    self.session = session
    self.isAsync = isAsync
    title = request.message.split(whereSeparator: \.isNewline).first.map { String($0.prefix(80)) }
    callbackURL = request.callbackUrl
  }

  static func newID() -> String { UUID().uuidString.lowercased() }
}

extension RegistryServices {
  /// Enters a request in the log, and has the bridge relay it.
  ///
  /// - Throws: `agentOffline`; `forbidden` for an agent that the caller may not speak for; what the log refuses.
  func submit(_ request: AgentRequest, to called: CalledAgent, by call: Call) async throws -> TaskRecord {
    guard request.content.contains(where: { !$0.isWhitespace }) else {
      throw MeshError(.validationError, "there is nothing to ask", hint: "Write what the agent is to do.")
    }
    let callerAgent = try await callerAgent(of: call, for: called)
    let hops = if let callerAgent { try await bridge.hops(through: callerAgent.rawValue) } else { 0 }
    try await demandCallback(request.callbackURL, isAsync: request.isAsync, of: called.account)
    let agent = called.agent
    let task = NewTask(
      requestID: AgentRequest.newID(), callID: request.callID, agent: agent.id.rawValue,
      sessionKey: request.session.text, callerAccount: called.account.rawValue, callerAgent: callerAgent?.rawValue,
      kind: request.kind, isAsync: request.isAsync, content: request.content, title: request.title,
      callbackURL: request.callbackURL, hops: hops,
      idempotencyKey: call.request.headers[.idempotencyKey],
      quota: called.isOwner ? nil : TaskQuota(agent.limits), createdAt: now())
    guard bridge.isOnline(agent.id.rawValue) else {
      // Who has lost the response sends it again, and the agent may be away by then.
      if let entered = try await tasks.entered(task) { return entered }
      throw MeshError.agentOffline(agent)
    }
    let message = RequestMessage(
      sessionId: task.sessionKey, requestId: task.requestID, content: request.content, clientId: called.clientID,
      withFiles: request.withFiles, caller: called.messageCaller)
    return try await bridge.submit(task, message: message)
  }

  /// - Throws: `validationError` for an address that may not be told, or a request for whose end the caller waits.
  func demandCallback(_ url: String?, isAsync: Bool, of account: AccountID?) async throws {
    guard let url else { return }
    guard isAsync else {
      throw MeshError(
        .validationError, "callback_url is for a request that nobody waits for", hint: "Send mode: async.")
    }
    try await callbacks.demandConfirmed(url, of: account)
  }

  /// The agent on whose behalf somebody calls, which is one of theirs.
  private func callerAgent(of call: Call, for called: CalledAgent) async throws -> AgentID? {
    guard let text = call.request.headers[.callerAgentID] else { return nil }
    guard let id = AgentID(parsing: text), try await agents.owned(id, by: called.caller) != nil else {
      throw MeshError(
        .forbidden, "X-Caller-Agent-Id names no agent of the caller", hint: "Name one of your own, or leave it out.")
    }
    guard id != called.agent.id else { throw MeshError(.validationError, "an agent does not call itself") }
    guard called.agent.limits.allowA2A else {
      throw MeshError(.forbidden, "\(called.agent.author)/\(called.agent.slug) takes no calls of other agents")
    }
    return id
  }
}

extension CalledAgent {
  /// Whether the caller owns the agent, whose limits are for others.
  var isOwner: Bool { caller.role(inAuthor: agent.authorID) == .owner }

  /// One for each account, the same every time: what an agent keeps of a caller is under it.
  var clientID: String { String(Digest(of: "client \(account.rawValue)".utf8).hexadecimal.prefix(12)) }

  fileprivate var messageCaller: RequestMessage.Caller {
    RequestMessage.Caller(account: caller.author.rawValue, isOwner: agent.ownerAccount == account)
  }
}

extension TaskQuota {
  init(_ limits: AgentLimitValues) {
    self.init(callsPerHour: limits.maxCallsPerHour, callsPerAccountPerDay: limits.maxCallsPerUserPerDay)
  }
}

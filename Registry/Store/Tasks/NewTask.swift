import Foundation
import Skills

/// A request to an agent that is to be entered.
package struct NewTask: Sendable {
  /// Unique among all tasks, as the id of the call is.
  package var requestID: String
  package var callID: String
  /// Its UUID.
  package var agent: String
  package var sessionKey: String
  package var callerAccount: Int64?
  package var callerAgent: String?
  package var kind: TaskKind
  package var isAsync: Bool
  package var content: String
  /// What the relay needs beside the content to send the request again, as it likes; the log only keeps it.
  package var details: String?
  /// Of the conversation.
  package var title: String?
  package var callbackURL: String?
  /// Agents that the call has come through.
  package var hops: Int
  /// The same key of the same caller is the same task.
  package var idempotencyKey: String?
  package var quota: TaskQuota?
  package var createdAt: Date

  package init(
    requestID: String, callID: String, agent: String, sessionKey: String, callerAccount: Int64?,
    callerAgent: String? = nil, kind: TaskKind, isAsync: Bool, content: String, details: String? = nil,
    title: String? = nil, callbackURL: String? = nil, hops: Int = 0, idempotencyKey: String? = nil,
    quota: TaskQuota? = nil, createdAt: Date
  ) {
    self.requestID = requestID
    self.callID = callID
    self.agent = agent
    self.sessionKey = sessionKey
    self.callerAccount = callerAccount
    self.callerAgent = callerAgent
    self.kind = kind
    self.isAsync = isAsync
    self.content = content
    self.details = details
    self.title = title
    self.callbackURL = callbackURL
    self.hops = hops
    self.idempotencyKey = idempotencyKey
    self.quota = quota
    self.createdAt = createdAt
  }
}

extension NewTask {
  /// - Throws: What is missing or too large, by its name.
  func check() throws(MeshError) {
    for (name, value) in [
      ("request_id", requestID), ("call_id", callID), ("agent_id", agent), ("session_key", sessionKey),
    ] {
      guard !value.isEmpty else { throw MeshError(.validationError, "\(name) is empty", hint: "Give one.") }
      try Self.check(name, value, atMost: TaskLimits.identifierBytes)
    }
    if idempotencyKey?.isEmpty == true {
      throw MeshError(.validationError, "the Idempotency-Key is empty", hint: "Give one, or leave the field out.")
    }
    try Self.check("the Idempotency-Key", idempotencyKey, atMost: TaskLimits.idempotencyKeyBytes)
    try Self.check("the title", title, atMost: TaskLimits.titleBytes)
    try Self.check("the callback address", callbackURL, atMost: TaskLimits.addressBytes)
    try Self.check("the message", content, atMost: TaskLimits.contentBytes)
    try Self.check("what goes with the message", details, atMost: TaskLimits.detailsBytes)
  }

  private static func check(_ name: String, _ value: String?, atMost limit: Int) throws(MeshError) {
    guard let value else { return }
    if value.utf8.count > limit {
      throw MeshError(.payloadTooLarge, "\(name) has more than \(limit) bytes", hint: "Make it shorter.")
    }
    // No text of PostgreSQL can have one.
    if value.utf8.contains(0) {
      throw MeshError(.validationError, "\(name) contains a zero byte", hint: "Leave it out.")
    }
  }

  /// Whose key it is, and the key; nil without one.
  ///
  /// - Throws: `invalid_request` for a caller without an account, whose keys would be everybody's.
  var idempotencyHash: Digest? {
    get throws(MeshError) {
      guard let idempotencyKey else { return nil }
      guard let callerAccount else {
        throw MeshError(
          .invalidRequest, "an Idempotency-Key needs a caller with an account", hint: "Leave the field out.")
      }
      return Digest(of: "\(callerAccount)\n\(callerAgent ?? "")\n\(idempotencyKey)".utf8)
    }
  }

  /// What it keeps before there is an answer.
  var contentBytes: Int { content.utf8.count + (details?.utf8.count ?? 0) }

  /// What was asked, without what a server adds by chance, such as the key of a new conversation.
  var requestHash: Digest {
    Digest(of: "\(agent)\n\(kind.rawValue)\n\(isAsync)\n\(callbackURL ?? "")\n\(content)".utf8)
  }
}

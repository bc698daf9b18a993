import AgentNetwork
import BridgeProtocol
import RegistryAPI
import Skills

/// A call that has come to a result, as JSON.
struct FinishedCall: Encodable {
  let callId: String
  let requestId: String
  let sessionKey: String?
  let status: TaskState
  let result: String
  let attachments: [Attachment]?
  let rateHint: String

  init(_ call: AgentTask, _ status: TaskStatus) {
    callId = call.callId
    requestId = call.requestId
    sessionKey = call.sessionKey
    self.status = status.status
    result = status.result ?? ""
    attachments = status.attachments
    rateHint = Self.hint(for: call).description
  }

  /// The command that rates it.
  static func hint(for call: AgentTask) -> Message {
    "agent-mesh rate \(call.callId) 5 --agent \(call.agentId)"
  }
}

/// A call that has failed, as JSON: with its answer when only what was to be done with that did.
struct FailedCall: Encodable {
  let failure: FailureReport
  let answer: FinishedCall?
  let callId: String
  let requestId: String

  enum CodingKeys: String, CodingKey {
    case callId, requestId
  }

  init(_ failure: FailureReport, of call: AgentTask, with answer: FinishedCall?) {
    self.failure = failure
    self.answer = answer
    callId = call.callId
    requestId = call.requestId
  }

  func encode(to encoder: any Encoder) throws {
    try failure.encode(to: encoder)
    try answer?.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(callId, forKey: .callId)
    try container.encode(requestId, forKey: .requestId)
  }
}

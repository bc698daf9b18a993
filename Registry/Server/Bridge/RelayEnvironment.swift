import BridgeProtocol
import Foundation
import Logging
import RegistryStore

/// What relays share.
struct RelayEnvironment: Sendable {
  /// Work that the bridge does beside the events of relays.
  typealias Job = @Sendable () async -> Void

  /// What an agent asks of the bridge, from the socket that it asks on.
  enum Question: Sendable {
    case discover(AgentDiscovery)
    case call(AgentCall)
    case signal(OutgoingSignal)
  }

  let tasks: TaskLog
  let feed: TaskFeed
  let signals: SignalBuffers
  let clock: BridgeClock
  let now: @Sendable () -> Date
  let logger: Logger
  let run: @Sendable (@escaping Job) -> Void
  let setPresence: @Sendable (_ agent: String, Bool) -> Void
  let setSkills: @Sendable (_ agent: String, [CarriedSkill]) async -> Void
  let answer: @Sendable (_ agent: String, Question, AgentSocket, AgentCredentials) async -> Void
}

/// What the token of a socket proves.
struct AgentCredentials: Sendable {
  let token: AccessToken
  let tokenID: Int64
  let account: AccountID?
  let expiresAt: Date?
  let agentType: String
  let capabilities: [String]
  let connectedAt: Date
}

import BridgeProtocol
import Foundation
import RegistryAPI

/// The sockets of one agent: the one that counts, and others that come or go.
struct RelaySockets {
  struct Connection {
    let socket: AgentSocket
    let credentials: AgentCredentials
  }

  /// That of the last registration that was accepted.
  private(set) var primary: Connection?
  /// Empty most of the time, and costs nothing then.
  private var others: [RelayState.ConnectionID: Connection] = [:]
  private var lastHeartbeat: Date?
  private var activeSessions = 0

  subscript(_ id: RelayState.ConnectionID) -> Connection? {
    if let primary, primary.socket.id == id { primary } else { others[id] }
  }

  var isEmpty: Bool { primary == nil && others.isEmpty }

  var all: [Connection] { [primary].compactMap(\.self) + others.values }

  var presence: AgentPresence {
    guard let credentials = primary?.credentials else { return AgentPresence(online: false) }
    return AgentPresence(
      online: true, agentType: credentials.agentType, capabilities: credentials.capabilities,
      connectedAt: credentials.connectedAt, lastHeartbeat: lastHeartbeat, activeSessions: activeSessions)
  }

  /// One that is not accepted yet.
  mutating func add(_ connection: Connection) { others[connection.socket.id] = connection }

  /// It was accepted, and counts in the place of the one before.
  mutating func promote(_ id: RelayState.ConnectionID, at time: Date) {
    guard let accepted = takeOther(id) else { return }
    demote()
    primary = accepted
    (lastHeartbeat, activeSessions) = (time, 0)
  }

  mutating func close(_ id: RelayState.ConnectionID, _ code: CloseCode, reason: String) {
    self[id]?.socket.close(code, reason: reason)
    if primary?.socket.id == id { demote() }
  }

  /// - Returns: Whether it was one of them.
  mutating func remove(_ id: RelayState.ConnectionID) -> Bool {
    guard let primary, primary.socket.id == id else { return takeOther(id) != nil }
    self.primary = nil
    return true
  }

  mutating func note(_ frame: AgentFrame, from id: RelayState.ConnectionID, at time: Date) {
    guard primary?.socket.id == id else { return }
    lastHeartbeat = time
    if case .heartbeat(let heartbeat) = frame { activeSessions = heartbeat.activeSessions }
  }

  private mutating func demote() {
    if let primary { others[primary.socket.id] = primary }
    primary = nil
  }

  private mutating func takeOther(_ id: RelayState.ConnectionID) -> Connection? {
    let other = others.removeValue(forKey: id)
    if others.isEmpty { others = [:] }
    return other
  }
}

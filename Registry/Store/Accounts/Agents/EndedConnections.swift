/// What may no longer be connected.
package struct EndedConnections: Sendable {
  package var tokens: Set<Int64>
  package var agents: Set<AgentID>
}

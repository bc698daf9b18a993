/// Why a link ended for good.
package enum LinkEnding: Hashable, Sendable {
  /// By a newer connection of the agent.
  case replaced
  /// The token was revoked, or the owner disconnected the agent.
  case revoked
  /// The bridge does not want the agent; its own words.
  case refused(String)
  case version(String)
  case stopped
}

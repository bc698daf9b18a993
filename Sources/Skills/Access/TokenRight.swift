/// What a token may be used for.
package enum TokenRight: String, Sendable, Hashable, CaseIterable, Codable {
  /// The first version of a skill.
  case publishNew = "publish:new"
  /// Versions of a skill that exists.
  case publishUpdate = "publish:update"
  /// Yanking and withdrawing versions.
  case yank
  /// Private skills.
  case readPrivate = "read:private"
  /// Profile, tokens, organisations and agents.
  case manage
  case connectAgent = "agent:connect"
  case call

  /// Whether it is about agents, to which other patterns apply than to skills.
  package var isAboutAgents: Bool { self == .connectAgent || self == .call }
}

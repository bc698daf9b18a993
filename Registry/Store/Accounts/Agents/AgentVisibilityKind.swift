/// Who may see and call an agent that is published.
package enum AgentVisibilityKind: String, Sendable, Hashable {
  case `public`
  /// Its owner, and those to whom it is shared.
  case `private`
}

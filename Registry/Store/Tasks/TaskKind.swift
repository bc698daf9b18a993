/// What a task was asked for by.
package enum TaskKind: String, Sendable {
  case call
  /// A message of a conversation.
  case chat
}

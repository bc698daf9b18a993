/// What callbacks are about.
package enum WebhookEvent: String, Sendable, Hashable, CaseIterable {
  case agentCreated = "agent.created"
  /// A task whose caller named the address of the callback.
  case taskEnded = "task.ended"
}

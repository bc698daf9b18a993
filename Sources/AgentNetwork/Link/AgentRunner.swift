import BridgeProtocol

/// What answers the requests to an agent.
package protocol AgentRunner: Sendable {
  /// Answers one request; when the task is cancelled it stops as soon as it can.
  ///
  /// - Parameter emit: Gets the events in their order, the last one of them `done` or `failed`; what comes behind that
  ///   has no effect. It returns when there is room for more.
  func run(_ message: RequestMessage, emit: @escaping @Sendable (RunEvent) async -> Void) async
}

import BridgeProtocol

extension AgentRunner {
  /// Answers one request until a stream ends.
  func run(
    _ message: RequestMessage, until stopped: AsyncStream<Void>,
    emit: @escaping @Sendable (RunEvent) async -> Void
  ) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.run(message, emit: emit) }
      group.addTask { for await _ in stopped {} }
      await group.next()
      group.cancelAll()
    }
  }
}

/// A program that answers messages, and how it is spoken to.
package protocol RuntimeAdapter: Sendable {
  /// Answers one message.
  ///
  /// Whatever becomes of the program, the last event is `done` or `failed`.
  ///
  /// - Parameter emit: Gets the events in their order; the program waits while it does.
  /// - Throws: `CancellationError`, after all processes of the run are gone; no last event then.
  func run(
    _ prompt: RuntimePrompt, emit: @escaping @Sendable (RuntimeEvent) async -> Void
  ) async throws(CancellationError)
}

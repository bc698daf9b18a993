/// Waits at most four minutes until something holds.
func eventually(_ failure: String, _ holds: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(240)
  while ContinuousClock.now < deadline {
    if try await holds() { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  throw Registry.Failure(failure)
}

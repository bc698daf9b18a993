import RegistryStore

extension RegistryServices {
  /// Makes a change of a name, or of who may do what with it, after which nothing that was read before is true.
  ///
  /// Everything is forgotten also when the change fails: whether it was made may then be unknown.
  func changingOwnership<Value: Sendable>(_ change: (Accounts) async throws -> Value) async throws -> Value {
    defer { catalog.forgetAll() }
    return try await change(accounts)
  }
}

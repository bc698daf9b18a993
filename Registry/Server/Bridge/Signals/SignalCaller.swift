import RegistryStore

/// Who sends signals to agents over HTTP, and fetches theirs.
enum SignalCaller: Hashable, Sendable {
  case account(AccountID)
  /// One of the people of the platform, as it names them.
  case platform(clientID: String?)
}

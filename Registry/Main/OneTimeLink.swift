import RegistryAPI
import RegistryServer
import RegistryStore

/// A link that works once, for whoever has it.
struct OneTimeLink: CustomStringConvertible {
  let description: String

  /// - Parameters:
  ///   - publicAddress: Nil for a registry where people sign in on its own machine alone.
  ///   - listening: What the server listens on.
  /// - Returns: Nil where no browser can sign in.
  init?(_ secret: Secret, at publicAddress: WebOrigin?, listening: ListenAddress?) {
    guard let origin = publicAddress ?? listening?.ownOrigin else { return nil }
    description = "\(origin)" + Route.link.path([secret.text])
  }

  static let missingAddress = """
    people sign in here only once the registry has a public address. Set public_address in a configuration file, and \
    name the file with --config.
    """
}

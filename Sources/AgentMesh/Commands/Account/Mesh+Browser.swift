import HTTPTransport
import RegistryClient

extension Mesh {
  /// Shows a page of a registry in the browser.
  ///
  /// - Parameter page: As the registry named it: one that is elsewhere, or not protected, is not opened.
  /// - Returns: False when nothing was opened, also where there is no browser.
  func open(_ page: String, of registry: RegistryAddress) -> Bool {
    guard let url = try? HTTPURL(parsing: page), url.origin == registry.origin,
      url.origin.scheme == .https || url.origin.isLoopback
    else { return false }
    return Browser(environment: environment)?.open(url) ?? false
  }
}

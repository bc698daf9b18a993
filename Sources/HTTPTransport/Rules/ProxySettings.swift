/// The proxies that the environment names, by the rules of curl.
///
/// `http_proxy` counts in lower case only, because a CGI server sets `HTTP_PROXY` from a request header. The others
/// count in both spellings, lower case first. This machine itself is never reached through a proxy.
package struct ProxySettings: Hashable, Sendable {
  var http: String?
  var https: String?
  /// Hosts and domains to reach directly, as curl reads them: separated by commas, `*` for all.
  var exceptions: String?

  package init(environment: [String: String]) {
    func value(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    let all = value("all_proxy", "ALL_PROXY")
    http = value("http_proxy") ?? all
    https = value("https_proxy", "HTTPS_PROXY") ?? all
    exceptions = value("no_proxy", "NO_PROXY")
  }

  /// The proxy for an origin, or nil for a direct connection.
  ///
  /// The exceptions are still to be applied.
  func address(for origin: Origin) -> String? {
    if origin.isLoopback { return nil }
    return origin.scheme == .https ? https : http
  }
}

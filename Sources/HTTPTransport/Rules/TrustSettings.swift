/// The certificate authorities to trust instead of the system's, as the environment names them.
package struct TrustSettings: Hashable, Sendable {
  /// A file of PEM certificates: `CURL_CA_BUNDLE`, else `SSL_CERT_FILE`.
  var file: String?
  /// A folder of hashed certificates: `SSL_CERT_DIR`.
  var folder: String?

  package init(environment: [String: String]) {
    file = ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    folder = environment["SSL_CERT_DIR"].flatMap { $0.isEmpty ? nil : $0 }
  }
}

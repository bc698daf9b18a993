/// An element of the list that `POST /api/secret-report` takes: a token that somebody has found in the open.
///
/// The shape is that of GitHub's secret scanning for its partners; the answer tells nobody which tokens were good.
package struct SecretReport: Codable, Sendable {
  /// Elements of one list.
  package static let maximumReports = 500

  package var token: String
  /// What the finder calls this kind of token.
  package var type: String?
  /// Where it was found.
  package var url: String?
  /// In what, such as `content` or `commit`.
  package var source: String?

  package init(token: String, type: String? = nil, url: String? = nil, source: String? = nil) {
    self.token = token
    self.type = type
    self.url = url
    self.source = source
  }
}

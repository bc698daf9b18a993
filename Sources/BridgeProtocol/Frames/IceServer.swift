/// A server through which two sides of a transfer find each other.
package struct IceServer: Codable, Hashable, Sendable {
  package var urls: [String]
  package var username: String?
  package var credential: String?

  package init(urls: [String], username: String? = nil, credential: String? = nil) {
    self.urls = urls
    self.username = username
    self.credential = credential
  }

  private enum CodingKeys: String, CodingKey { case urls, username, credential }

  /// One address may stand without a list around it.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    do {
      urls = try fields.decode([String].self, forKey: .urls)
    } catch DecodingError.typeMismatch {
      urls = [try fields.decode(String.self, forKey: .urls)]
    }
    username = try fields.decodeIfPresent(String.self, forKey: .username)
    credential = try fields.decodeIfPresent(String.self, forKey: .credential)
  }
}

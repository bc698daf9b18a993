import HTTPTypes
import RegistryAPI

/// Header fields that the library does not name.
extension HTTPField.Name {
  /// Which version "the newest" turned out to be.
  static let skillVersion = named("X-Skill-Version")
  /// `sha256:` and the digest of the archive in the body.
  static let archiveDigest = named("X-Archive-Digest")

  /// What the bytes of this message promise to be (RFC 9530).
  static let contentDigest = named("Content-Digest")
  static let reprDigest = named("Repr-Digest")

  static let requestID = HTTPField.Name(ErrorBody.requestIDField) ?? .server

  static let forwardedFor = named("X-Forwarded-For")
  static let referrerPolicy = named("Referrer-Policy")
  static let secFetchSite = named("Sec-Fetch-Site")

  /// Only for names that are tokens, as all of these are.
  private static func named(_ text: StaticString) -> HTTPField.Name {
    HTTPField.Name(text.description) ?? .server
  }
}

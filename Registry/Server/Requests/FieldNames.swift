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

  /// What one caller calls a task, so that a request that is sent again is the same task.
  static let idempotencyKey = named("Idempotency-Key")
  /// The agent on whose behalf somebody calls another one.
  static let callerAgentID = named("X-Caller-Agent-Id")
  static let callID = named("X-Call-Id")
  static let sessionKey = named("X-Session-Key")
  /// The place in a stream of events that the client has reached.
  static let lastEventID = named("Last-Event-ID")
  static let platformSecret = named("X-Platform-Secret")
  /// Of the chat protocol of the AI SDK, version 5.
  static let messageStream = named("X-Vercel-AI-UI-Message-Stream")

  static let forwardedFor = named("X-Forwarded-For")
  static let referrerPolicy = named("Referrer-Policy")
  static let secFetchSite = named("Sec-Fetch-Site")
  static let secFetchMode = named("Sec-Fetch-Mode")
  static let secFetchDestination = named("Sec-Fetch-Dest")

  /// Only for names that are tokens, as all of these are.
  private static func named(_ text: StaticString) -> HTTPField.Name {
    HTTPField.Name(text.description) ?? .server
  }
}

import HTTPTypes
import Hummingbird
import RegistryAPI
import RegistryStore
import Skills

/// Where browsers reach the registry, and what follows from that: links, cookies, and where a change has to come from.
struct Site: Sendable {
  let origin: WebOrigin

  /// The public address, or on this machine the name by which the request reached it; nil for any other name, at which
  /// nobody signs in.
  ///
  /// A page of somebody else's that has its name lead here is none of these.
  init?(of request: Request, publicAddress: WebOrigin?) {
    if let publicAddress {
      origin = publicAddress
      return
    }
    guard let host = request.head.authority, let origin = WebOrigin("http://" + host), origin.isLoopback else {
      return nil
    }
    self.origin = origin
  }

  static let missing = MeshError(
    .forbidden, "people sign in here only once the registry has a public address",
    hint: "Set public_address in its configuration.")

  func url(_ path: String) -> String { "\(origin)\(path)" }

  /// Whether a page of this site sends the request (Fetch standard, section 3.2; Fetch Metadata, section 2.3).
  func sends(_ request: Request) -> Bool {
    if let header = request.headers[.origin] { return WebOrigin(header) == origin }
    return request.headers[.secFetchSite] == "same-origin"
  }
}

// MARK: - The cookie of a session

extension Site {
  /// With the prefix no other host can set it, and it never travels in the clear (RFC 6265bis, section 4.1.3.2).
  private var cookieName: String { origin.isSecure ? "__Host-session" : "session" }

  func session(in request: Request) -> Secret? {
    for header in request.headers[values: .cookie] {
      for pair in header.split(separator: ";") {
        let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0] == cookieName, let secret = Secret(presented: String(parts[1])) { return secret }
      }
    }
    return nil
  }

  /// Has the browser keep a session, or forget it.
  func cookie(_ secret: Secret?) -> String {
    let age = secret == nil ? 0 : Int(Accounts.sessionLifetime)
    let value = "\(cookieName)=\(secret?.text ?? ""); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(age)"
    return origin.isSecure ? value + "; Secure" : value
  }
}

import Testing

extension Scene {
  /// A link that makes an account, once.
  ///
  /// - Parameter handle: Nil lets whoever uses it choose.
  func invitation(for handle: String? = nil) async throws -> String {
    let address = String(registry.url.dropFirst("http://".count))
    let invited = try await administer(["account", "invite"] + (handle.map { [$0] } ?? []) + ["--listen", address])
    try #require(invited.status == 0, "\(invited.errors)")
    return invited.output.split(separator: "\n").joined()
  }
}

extension BrowserSession {
  static let password = "correct horse battery staple"

  /// Makes an account by an invitation, and is signed in with it.
  func join(_ scene: Scene, as handle: String) async throws {
    try await open(scene.invitation(for: handle))
    try await fill("Password", with: Self.password)
    try await press("Create account")
    try await see(handle)
  }

  /// Fills in the page for signing in, which is open.
  func signIn(as handle: String, password: String = BrowserSession.password) async throws {
    try await fill("Handle", with: handle)
    try await fill("Password", with: password)
    try await press("Sign in")
  }
}

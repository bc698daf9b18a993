import RegistryAPI
import RegistryClient
import Skills

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A login that somebody approves in a browser, here or on another machine (RFC 8628).
struct BrowserLogin {
  let mesh: Mesh
  /// Without a token: an old one could be refused.
  let client: RegistryClient
  let opensBrowser: Bool

  func token() async throws -> String {
    let codes = try await start()
    let page = codes.verificationUriComplete
    // Also with --quiet: nobody could go on without it.
    mesh.talk.show(
      """
      To log in to \(client.address), open this page and type the code:
        \(page, limit: .max)
        \(mesh.talk.style.bold(Message(codes.userCode, limit: 40)))
      """)
    if opensBrowser, mesh.open(page, of: client.address) {
      mesh.talk.info("The page opens in your browser. If it does not, open it yourself.")
    }
    let waiting: Message = "Waiting for the approval; Ctrl-C ends it"
    mesh.progress.announce(waiting)
    defer { mesh.progress.clear() }
    let granted = try await client.finishLogin(codes, clock: ContinuousClock()) { answer in
      if case .unavailable = answer {
        mesh.progress.announce("\(client.address) does not answer; asking again")
      } else {
        mesh.progress.show(waiting)
      }
    }
    return granted.accessToken
  }

  private func start() async throws -> DeviceLoginResponse {
    do {
      return try await client.startLogin(Self.clientInfo)
    } catch let failure as MeshError where failure.hint == nil && failure.code != .cancelled {
      throw failure.with(hint: "Log in with a token: agent-mesh login --registry \(client.address) --token-stdin")
    }
  }

  /// What the page of the approval shows, so that nobody approves the login of somebody else.
  private static var clientInfo: DeviceLoginRequest.ClientInfo {
    #if os(macOS)
      let system = "darwin"
    #else
      let system = "linux"
    #endif
    return DeviceLoginRequest.ClientInfo(
      deviceName: "agent-mesh on \(hostName ?? system)", os: system, version: ProgramVersion.current)
  }

  private static var hostName: String? {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count) == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

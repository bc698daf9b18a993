import HTTPTransport
import RegistryAPI
import Skills

extension RegistryClient {
  /// Statuses of a registry that knows no such login.
  private static let noDeviceLogin: Set<Int> = [404, 405, 501]

  /// Asks for the codes with which a person approves a login elsewhere.
  ///
  /// - Throws: `notFound` where the registry has no such login.
  package func startLogin(_ client: DeviceLoginRequest.ClientInfo) async throws -> DeviceLoginResponse {
    let request = try makeRequest(.post, Route.deviceLogin.path([]), DeviceLoginRequest(clientInfo: client))
    let response = try await ownAnswer(to: request)
    if Self.noDeviceLogin.contains(response.status) {
      throw MeshError(.notFound, "\(address) has no login in a browser")
    }
    guard response.isSuccess else { throw failure(response) }
    return try decode(DeviceLoginResponse.self, from: response)
  }

  /// Asks until the login is approved, and gives the token.
  ///
  /// - Parameters:
  ///   - clock: One that goes on while the machine sleeps, as the codes grow old meanwhile.
  ///   - report: Called with every answer but the last.
  /// - Throws: `accessDenied`, `expiredToken`, or why the registry refuses the question; `CancellationError`.
  package func finishLogin(
    _ codes: DeviceLoginResponse, clock: some Clock<Duration>, report: (DevicePolling.Answer) -> Void = { _ in }
  ) async throws -> DeviceTokenResponse {
    var polling = DevicePolling(lifetime: .seconds(codes.expiresIn), interval: .seconds(codes.interval))
    let start = clock.now
    var event = DevicePolling.Event.started
    while true {
      switch polling.handle(event, at: start.duration(to: clock.now)) {
      case .wait(let time):
        try await clock.sleep(until: start.advanced(by: time), tolerance: nil)
        event = .timeReached
      case .ask:
        switch try await askForToken(codes.deviceCode) {
        case .token(let token): return token
        case .noToken(let answer):
          report(answer)
          event = .answered(answer)
        }
      case .stop(let ending): throw ended(ending, codes)
      }
    }
  }

  private enum TokenAnswer {
    case token(DeviceTokenResponse)
    case noToken(DevicePolling.Answer)
  }

  private func askForToken(_ deviceCode: String) async throws -> TokenAnswer {
    let body = DeviceTokenRequest(deviceCode: deviceCode)
    let request = try makeRequest(.post, Route.deviceToken.path([]), body)
    let response: HTTPResponse
    do throws(MeshError) {
      response = try await ownAnswer(to: request)
    } catch {
      guard error.code.exitStatus == .unreachable else { throw error }
      return .noToken(.unavailable(retryAfter: nil))
    }
    if response.isSuccess { return .token(try decode(DeviceTokenResponse.self, from: response)) }
    let failure = failure(response)
    switch failure.code {
    case .authorizationPending: return .noToken(.pending)
    case .slowDown: return .noToken(.slowDown)
    case .accessDenied: return .noToken(.denied)
    case .expiredToken: return .noToken(.expired)
    case let code where code.exitStatus == .unreachable:
      let seconds = response.headers["Retry-After"].flatMap { UInt16($0) }
      return .noToken(.unavailable(retryAfter: seconds.map { .seconds(Int($0)) }))
    default: throw failure
    }
  }

  /// The answer of this registry itself.
  ///
  /// - Throws: `forbidden` when a redirect has led to another one, whose token would be stored as that of this one.
  func ownAnswer(to request: HTTPRequest) async throws(MeshError) -> HTTPResponse {
    let response = try await answer(to: request)
    let origin = response.head.url.origin
    guard origin == address.origin else {
      throw MeshError(
        .forbidden, "\(address) leads to \(origin), and a token of another registry is not taken",
        hint: "If it is the right one, log in there: agent-mesh login --registry \(origin)")
    }
    return response
  }

  private func ended(_ ending: DevicePolling.Ending, _ codes: DeviceLoginResponse) -> MeshError {
    switch ending {
    case .denied: MeshError(.accessDenied, "the login to \(address) was denied", hint: "Nothing was stored.")
    case .expired:
      MeshError(
        .expiredToken, "nobody approved the login with the code \(codes.userCode, limit: 40) in time",
        hint: "Begin again: agent-mesh login --registry \(address)")
    }
  }
}

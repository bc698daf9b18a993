import RegistryAPI
import RegistryStore
import Skills

/// Signing in from a program (RFC 8628): asking for codes, and asking whether somebody has approved them.
struct DeviceRoutes: Sendable {
  let services: RegistryServices

  func begin(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let request = try call.oauth(DeviceLoginRequest.self) { fields in
      let info = DeviceLoginRequest.ClientInfo(deviceName: try fields.one("client_id"), os: nil, version: nil)
      return DeviceLoginRequest(clientInfo: info, scope: try fields.one("scope"))
    }
    guard let site = Site(of: call.request, publicAddress: services.configuration.publicAddress) else {
      throw Site.missing
    }
    let client = ClientDescription(
      name: Self.name(request.clientInfo), address: call.sender?.description ?? "unknown")
    let codes = try await services.accounts.startDeviceGrant(
      on: client, scope: try Self.scope(request.scope), pace: services.limits.devicePace, at: services.now())
    let page = site.url(Route.devicePage.rawValue)
    return try .json(
      DeviceLoginResponse(
        deviceCode: codes.deviceCode.text, userCode: codes.userCode.description, verificationUri: page,
        verificationUriComplete: "\(page)?code=\(codes.userCode)", expiresIn: codes.expiresIn,
        interval: codes.interval))
  }

  func token(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let code = try Self.deviceCode(call)
    switch try await services.accounts.poll(code, pace: services.limits.devicePace, at: services.now()) {
    case .pending: throw MeshError(.authorizationPending, "nobody has approved the login yet")
    case .slowDown(let interval):
      throw MeshError(.slowDown, "questions come too often; leave \(interval) seconds between two of them")
    case .denied: throw MeshError(.accessDenied, "the login was refused")
    case .expired: throw Self.expired
    case .approved(let token, let account):
      let user = DeviceTokenResponse.User(
        id: "\(account.id.rawValue)", email: account.email?.text,
        name: account.displayName?.text ?? account.handle.rawValue)
      return try .json(
        DeviceTokenResponse(
          accessToken: token.secret, expiresIn: Int(Accounts.tokenLifetime), scope: nil, user: user))
    }
  }

  private static let expired = MeshError(.expiredToken, "the login has expired or was used", hint: "Log in again.")

  private static func deviceCode(_ call: Call) throws -> Secret {
    let request = try call.oauth(DeviceTokenRequest.self) { fields in
      guard let grant = try fields.one("grant_type") else {
        throw MeshError(.invalidRequest, "grant_type is missing")
      }
      return DeviceTokenRequest(grantType: grant, deviceCode: try fields.one("device_code"))
    }
    if let grant = request.grantType, grant != DeviceTokenRequest.grantType {
      throw MeshError(.unsupportedGrantType, "the only grant type here is \(DeviceTokenRequest.grantType)")
    }
    guard let text = request.deviceCode, !text.isEmpty else {
      throw MeshError(.invalidRequest, "device_code is missing")
    }
    guard let code = Secret(presented: text) else { throw expired }
    return code
  }

  private static func name(_ info: DeviceLoginRequest.ClientInfo?) -> String {
    let parts = [info?.deviceName, info?.os].compactMap(\.self).filter { !$0.isEmpty }
    return parts.isEmpty ? "an unnamed program" : parts.joined(separator: ", ")
  }

  private static func scope(_ text: String?) throws -> TokenScope {
    guard let words = text?.split(separator: " "), !words.isEmpty else { return .everything }
    let rights = words.compactMap { TokenRight(rawValue: String($0)) }
    guard rights.count == words.count else { throw MeshError(.invalidRequest, "scope has an unknown right") }
    var scope = TokenScope.everything
    scope.rights = Set(rights)
    return scope
  }
}

/// `POST /api/auth/device`: a program asks to act for whoever approves it (RFC 8628, section 3.1).
package struct DeviceLoginRequest: Codable, Sendable {
  /// What the program says of itself, which nothing proves.
  package struct ClientInfo: Codable, Sendable {
    package var deviceName: String?
    package var os: String?
    package var version: String?

    package init(deviceName: String?, os: String?, version: String?) {
      self.deviceName = deviceName
      self.os = os
      self.version = version
    }
  }

  package var clientInfo: ClientInfo?
  /// Rights, separated by spaces; all when it is left out.
  package var scope: String?

  package init(clientInfo: ClientInfo?, scope: String? = nil) {
    self.clientInfo = clientInfo
    self.scope = scope
  }
}

/// Where a person approves it, and what the program asks with meanwhile (RFC 8628, section 3.2).
package struct DeviceLoginResponse: Codable, Sendable {
  package var deviceCode: String
  package var userCode: String
  package var verificationUri: String
  package var verificationUriComplete: String
  /// Seconds.
  package var expiresIn: Int
  /// Seconds between two questions.
  package var interval: Int

  package init(
    deviceCode: String, userCode: String, verificationUri: String, verificationUriComplete: String, expiresIn: Int,
    interval: Int
  ) {
    self.deviceCode = deviceCode
    self.userCode = userCode
    self.verificationUri = verificationUri
    self.verificationUriComplete = verificationUriComplete
    self.expiresIn = expiresIn
    self.interval = interval
  }
}

/// `POST /api/auth/device/token`: whether it was approved (RFC 8628, section 3.4).
package struct DeviceTokenRequest: Codable, Sendable {
  package static let grantType = "urn:ietf:params:oauth:grant-type:device_code"

  /// `grantType`, or nothing from older clients.
  package var grantType: String?
  package var deviceCode: String?

  package init(grantType: String? = Self.grantType, deviceCode: String?) {
    self.grantType = grantType
    self.deviceCode = deviceCode
  }
}

/// The token, shown this once (RFC 6749, section 5.1).
package struct DeviceTokenResponse: Codable, Sendable {
  /// Whom the token stands for.
  package struct User: Codable, Sendable {
    package var id: String
    package var email: String?
    package var name: String

    package init(id: String, email: String?, name: String) {
      self.id = id
      self.email = email
      self.name = name
    }
  }

  package var accessToken: String
  package var tokenType: String
  /// Seconds.
  package var expiresIn: Int?
  /// Its rights, separated by spaces.
  package var scope: String?
  package var user: User

  package init(accessToken: String, expiresIn: Int?, scope: String?, user: User) {
    self.accessToken = accessToken
    tokenType = "Bearer"
    self.expiresIn = expiresIn
    self.scope = scope
    self.user = user
  }
}

/// Why there is no token (RFC 6749, section 5.2).
package struct OAuthError: Codable, Sendable {
  package var error: String
  package var errorDescription: String
  /// See `ErrorBody`.
  package var requestId: String?

  package init(error: String, errorDescription: String, requestID: String? = nil) {
    self.error = error
    self.errorDescription = errorDescription
    requestId = requestID
  }
}

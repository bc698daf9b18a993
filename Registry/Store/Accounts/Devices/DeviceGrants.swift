import Foundation
import Skills

/// Signing in from a device without a browser (RFC 8628).
///
/// Guesses of user codes are limited by whoever takes them from people.
extension Accounts {
  package static let deviceCodeLifetime: TimeInterval = 900
  /// What the network may take off the time between two questions, in seconds.
  private static let pollTolerance = 0.5

  /// Begins the login of a device, which then waits for somebody to approve it.
  package func startDeviceGrant(
    on client: ClientDescription, scope: TokenScope = .everything, pace: DevicePace = DevicePace(), at time: Date
  ) async throws -> DeviceCodes {
    let interval = pace.interval(ofDevices: try await waitingDevices(upTo: pace.largestCount, at: time) + 1)
    let codes = DeviceCodes(
      deviceCode: Secret(), userCode: UserCode(), expiresIn: Int(Self.deviceCodeLifetime), interval: interval)
    let (rights, skills, agents) = scope.columns
    _ = try await database.write { connection in
      try connection.execute(
        """
        INSERT INTO device_codes (device_hash, user_hash, state, client_name, client_address, rights, skill_patterns,
          agent_patterns, poll_seconds, created_at, expires_at)
        VALUES (\(codes.deviceCode.hash), \(codes.userCode.hash), 'pending', \(client.name), \(client.address),
          \(rights), \(skills), \(agents), \(codes.interval), \(time),
          \(time.addingTimeInterval(Self.deviceCodeLifetime)))
        """)
    }
    polls.noteStart()
    return codes
  }

  /// The device that waits with a code; nil when the code is wrong, or its device no longer waits.
  package func deviceGrant(_ code: UserCode, at time: Date) async throws -> DeviceGrant? {
    try await database.read { connection in
      let row = try connection.row(
        """
        SELECT * FROM device_codes
        WHERE user_hash = \(code.hash) AND state = 'pending' AND expires_at > \(time)
        """)
      return try row.map(DeviceGrant.init)
    }
  }

  /// - Returns: False when the device no longer waits; then nothing changed.
  /// - Throws: `AccountRefusal.accountEnded`.
  package func approve(_ code: UserCode, by account: AccountID, at time: Date) async throws -> Bool {
    try await decide(code, .approved, by: account, at: time)
  }

  /// - Returns: False when the device no longer waits; then nothing changed.
  /// - Throws: `AccountRefusal.accountEnded`.
  package func deny(_ code: UserCode, by account: AccountID, at time: Date) async throws -> Bool {
    try await decide(code, .denied, by: account, at: time)
  }

  /// Whether somebody has approved the device; the first time that this is so makes its token, which lasts 90 days.
  package func poll(
    _ deviceCode: Secret, pace: DevicePace = DevicePace(), at time: Date
  ) async throws -> DevicePoll {
    let device = deviceCode.hash
    let row = try await database.read { connection in
      try connection.row(
        "SELECT state, poll_seconds FROM device_codes WHERE device_hash = \(device) AND expires_at > \(time)")
    }
    guard let row, let state = DeviceGrant.State(rawValue: try row.text("state")) else { return .expired }
    switch state {
    case .pending:
      let shortest = pace.interval(ofDevices: try await waitingDevices(upTo: pace.largestCount, at: time))
      return try await keepPace(of: device, interval: Int(row.integer("poll_seconds")), atLeast: shortest, at: time)
    case .approved: return try await redeem(device, at: time) ?? .expired
    case .denied: return .denied
    case .redeemed: return .expired
    }
  }

  private func decide(
    _ code: UserCode, _ state: DeviceGrant.State, by account: AccountID, at time: Date
  ) async throws -> Bool {
    try await database.write { connection in
      _ = try Self.demandAccount(account, on: connection)
      return try connection.execute(
        """
        UPDATE device_codes SET state = \(state.rawValue), account_id = \(account)
        WHERE user_hash = \(code.hash) AND state = 'pending' AND expires_at > \(time)
        """) == 1
    }
  }

  /// Devices that wait for somebody to approve them, no more than `limit`.
  private func waitingDevices(upTo limit: Int, at time: Date) async throws -> Int {
    try await polls.waiting(at: time) {
      let row = try await database.read { connection in
        try connection.row(
          """
          SELECT count(*) AS number FROM (
            SELECT id FROM device_codes WHERE state = 'pending' AND expires_at > \(time) LIMIT \(limit)) AS waiting
          """)
      }
      return Int(try row?.integer("number") ?? 0)
    }
  }

  /// Has a device wait longer, from then on, that asks too early, or began when fewer waited.
  private func keepPace(
    of device: Digest, interval: Int, atLeast shortest: Int, at time: Date
  ) async throws -> DevicePoll {
    let pause = polls.note(device, at: time).map { time.timeIntervalSince($0) } ?? .infinity
    if interval >= shortest, pause >= Double(interval) - Self.pollTolerance { return .pending }
    let row = try await database.write { connection in
      try connection.row(
        """
        UPDATE device_codes SET poll_seconds = poll_seconds + \(DevicePace.step) WHERE device_hash = \(device)
        RETURNING poll_seconds
        """)
    }
    guard let row else { return .expired }
    return .slowDown(interval: Int(try row.integer("poll_seconds")))
  }

  /// However many ask at once, one gets the token; nil for the others.
  private func redeem(_ device: Digest, at time: Date) async throws -> DevicePoll? {
    polls.forget(device)
    return try await database.write { connection in
      let row = try connection.row(
        """
        UPDATE device_codes SET state = 'redeemed'
        WHERE device_hash = \(device) AND state = 'approved' AND expires_at > \(time)
        RETURNING account_id, client_name, rights, skill_patterns, agent_patterns
        """)
      guard let row else { return nil }
      let scope = try TokenScope(row)
      var account = try Self.demandAccount(row.accountID("account_id"), on: connection)
      if !scope.allows(.manage) { account.email = nil }
      let client = try row.text("client_name").prefix(DisplayName.maximumCharacters)
      let token = StoredToken(
        authorID: account.authorID, account: account.id, name: try? DisplayName(parsing: String(client)),
        scope: scope, expiresAt: time.addingTimeInterval(Self.tokenLifetime))
      return .approved(try token.insert(at: time, on: connection), account)
    }
  }
}

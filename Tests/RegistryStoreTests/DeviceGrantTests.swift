import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

/// RFC 8628 as the store keeps it.
@Suite struct DeviceGrantTests {
  private let people: People

  init() throws {
    people = try People()
  }

  private func start() async throws -> DeviceCodes {
    try await people.accounts.startDeviceGrant(on: people.client, at: people.start)
  }

  private func poll(_ codes: DeviceCodes, after seconds: TimeInterval) async throws -> DevicePoll {
    try await people.accounts.poll(codes.deviceCode, at: people.start.addingTimeInterval(seconds))
  }

  private func outcome(_ poll: DevicePoll) -> String {
    switch poll {
    case .pending: "authorization_pending"
    case .slowDown(let interval): "slow_down \(interval)"
    case .denied: "access_denied"
    case .expired: "expired_token"
    case .approved: "token"
    }
  }

  @Test func `a device that asks too early waits longer, from then on`() async throws {
    let codes = try await start()
    #expect(codes.interval == 5)
    var outcomes: [String] = []
    for seconds in [0.0, 5, 8, 17, 20, 30, 45] { outcomes.append(outcome(try await poll(codes, after: seconds))) }
    #expect(
      outcomes == [
        "authorization_pending", "authorization_pending", "slow_down 10", "slow_down 15", "slow_down 20",
        "slow_down 25", "slow_down 30",
      ])
    #expect(outcome(try await poll(codes, after: 75)) == "authorization_pending")
  }

  @Test func `an approved device gets one token for everything of the account, for 90 days`() async throws {
    let ann = try await people.account("ann")
    let codes = try await start()
    let typed = try #require(UserCode(typed: codes.userCode.description.lowercased()))
    let grant = try #require(try await people.accounts.deviceGrant(typed, at: people.start))
    #expect(grant.client == people.client)
    #expect(try await people.accounts.approve(typed, by: ann.id, at: people.start))
    guard case .approved(let token, let account) = try await poll(codes, after: 1) else {
      Issue.record("not approved")
      return
    }
    #expect(account == ann)
    let identity = try #require(try await people.accounts.identity(presenting: token, at: people.start))
    #expect(identity.accountID == ann.id)
    #expect(identity.scope == .everything)
    #expect(identity.tokenExpiresAt == people.start.addingTimeInterval(1 + Accounts.tokenLifetime))
    #expect(outcome(try await poll(codes, after: 6)) == "expired_token")
  }

  @Test func `of a hundred that ask at once after the approval, one gets a token`() async throws {
    let (people, accounts) = (people, people.accounts)
    let ann = try await people.account("ann")
    let codes = try await start()
    #expect(try await accounts.approve(codes.userCode, by: ann.id, at: people.start))
    let count = await people.successes(
      of: 100, failing: { _ in false },
      attempt: { _ in
        switch try await accounts.poll(codes.deviceCode, at: people.start) {
        case .approved: return true
        case .expired: return false
        case let other: throw StoreFailure.corrupt("\(other)")
        }
      })
    #expect(count == 1)
    #expect(try await people.rows("SELECT id FROM tokens").count == 1)
  }

  @Test func `a decision counts once`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, time) = (people.accounts, people.start)
    let codes = try await start()
    #expect(try await accounts.deny(codes.userCode, by: ann.id, at: time))
    #expect(try await !accounts.approve(codes.userCode, by: bob.id, at: time))
    #expect(try await accounts.deviceGrant(codes.userCode, at: time) == nil)
    #expect(outcome(try await poll(codes, after: 1)) == "access_denied")
  }

  @Test func `after its time a code is worth nothing`() async throws {
    let ann = try await people.account("ann")
    let codes = try await start()
    let end = people.start.addingTimeInterval(Double(codes.expiresIn))
    #expect(codes.expiresIn == 900)
    #expect(try await people.accounts.deviceGrant(codes.userCode, at: end) == nil)
    #expect(try await !people.accounts.approve(codes.userCode, by: ann.id, at: end))
    #expect(outcome(try await poll(codes, after: 900)) == "expired_token")
    #expect(outcome(try await people.accounts.poll(Secret(), at: people.start)) == "expired_token")
    try await people.accounts.removeExpired(at: end)
    #expect(try await people.rows("SELECT id FROM device_codes").isEmpty)
  }

  @Test func `a user code is eight consonants, however it is typed`() {
    let alphabet = Set("BCDFGHJKLMNPQRSTVWXZ")
    for _ in 0..<50 {
      let code = UserCode()
      let text = code.description
      #expect(text.filter { $0 != "-" }.count == 8)
      #expect(text.allSatisfy { $0 == "-" || alphabet.contains($0) })
      #expect(UserCode(typed: " \(text.lowercased().replacingOccurrences(of: "-", with: " ")) ") == code)
    }
    for text in ["", "BCDF-GHJ", "BCDF-GHJKL", "BCDA-GHJK", "BCD1-GHJK"] { #expect(UserCode(typed: text) == nil) }
  }

  @Test func `no secret of a login is in the database`() async throws {
    let ann = try await people.account("ann")
    let session = try await people.accounts.startSession(of: ann.id, on: people.client, at: people.start)
    let link = try await people.accounts.invite(nil, at: people.start)
    let codes = try await start()
    try people.store.close()
    let secrets = [
      session.secret.text, link.text, codes.deviceCode.text, codes.userCode.description,
      codes.userCode.description.replacingOccurrences(of: "-", with: ""), "correct horse",
    ]
    for file in try FileManager.default.contentsOfDirectory(atPath: people.data.string) {
      let bytes = FileManager.default.contents(atPath: people.data.appending(file).string) ?? Data()
      for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil) }
    }
    #expect("\(session.secret) \(codes.deviceCode)" == "<secret> <secret>")
  }
}

import Foundation
import RegistryStore
import Skills
import SystemPackage
import TestSupport

/// The data folder of a registry in which somebody has a link for an account, and `ada` a browser that is signed in, a
/// device that waits and one that she has approved; and `grace` offers her an organisation that has a token.
struct AccountRegistry {
  /// What of it a request ends.
  enum Step: String, CaseIterable, Sendable {
    case signUp, approval, redemption, transfer
  }

  enum State: String, Sendable {
    case notBegun, done, partial
  }

  private static let cheap = ScryptParameters(logRounds: 4, blockSize: 1, parallelism: 1)
  private static let password = "correct horse"

  let data: String
  private let ada: Account
  private let link: Secret
  private let session: Secret
  private let waiting: DeviceCodes
  private let approved: DeviceCodes
  private let grace: Account
  private let guild: Organisation
  private let guildToken: AccessToken
  private let transfer: Int64

  init(data: String) async throws {
    let now = Date()
    let store = try RegistryStore(folder: FilePath(data), passwords: Self.cheap)
    let client = ClientDescription(name: "CLI", address: "192.0.2.1")
    self.data = data
    ada = try await store.accounts.signUp(Self.newAccount("ada"), with: nil, at: now)
    link = try await store.accounts.invite(nil, at: now)
    session = try await store.accounts.startSession(of: ada.id, on: client, at: now).secret
    waiting = try await store.accounts.startDeviceGrant(on: client, at: now)
    approved = try await store.accounts.startDeviceGrant(on: client, at: now)
    guard try await store.accounts.approve(approved.userCode, by: ada.id, at: now) else {
      throw Registry.Failure("the device could not be approved")
    }
    grace = try await store.accounts.signUp(Self.newAccount("grace"), with: nil, at: now)
    guild = try await store.accounts.createOrganisation(
      AuthorName(parsing: "guild"), displayName: nil, by: grace.id, at: now)
    let scope = TokenScope(rights: [.yank], skills: [try ResourcePattern(parsing: "guild/*")], agents: [])
    let new = NewToken(name: try DisplayName(parsing: "guild"), scope: scope, expiresAt: nil)
    guildToken = try await store.accounts.createToken(new, for: grace.id, at: now)
    transfer = try await store.accounts.offer(guild, to: ada.handle, by: grace.id, at: now).id
    try store.close()
  }

  private static func newAccount(_ handle: String) throws -> NewAccount {
    NewAccount(handle: try AuthorName(parsing: handle), password: try Password(parsing: password))
  }

  /// What `curl` sends, with the path last.
  func request(_ step: Step, to url: String) -> [String] {
    let page = ["-H", "Origin: \(url)", "-H", "Cookie: session=\(session.text)"]
    switch step {
    case .signUp: return page + ["-d", "handle=bob", "-d", "password=\(Self.password)", "\(url)/link/\(link.text)"]
    case .approval:
      return page + ["-d", "code=\(waiting.userCode)", "-d", "decision=approve", "\(url)/auth/device"]
    case .redemption:
      let grant = "grant_type=urn:ietf:params:oauth:grant-type:device_code"
      return [
        "--data-urlencode", grant, "-d", "device_code=\(approved.deviceCode.text)", "\(url)/api/auth/device/token",
      ]
    case .transfer: return page + ["-d", "", "\(url)/settings/transfers/\(transfer)/accept"]
    }
  }

  /// How far a step has come in a copy of the data folder; what is not begun there is done now.
  func state(of step: Step, in copy: String) async throws -> State {
    let store = try RegistryStore(folder: FilePath(copy), passwords: Self.cheap)
    let state =
      switch step {
      case .signUp: try await signUpState(store.accounts)
      case .approval: try await approvalState(store.accounts)
      case .redemption: try await redemptionState(store.accounts)
      case .transfer: try await transferState(store.accounts)
      }
    let faults = try await store.databaseFaults(thorough: true)
    try store.close()
    return faults.isEmpty ? state : .partial
  }

  private func signUpState(_ accounts: Accounts) async throws -> State {
    let new = try Self.newAccount("bob")
    if try await accounts.invitation(link, at: Date()) == nil {
      return try await accounts.signIn(new.handle, new.password) == nil ? .partial : .done
    }
    guard try await accounts.author(new.handle) == nil else { return .partial }
    _ = try await accounts.signUp(new, with: link, at: Date())
    return .notBegun
  }

  private func approvalState(_ accounts: Accounts) async throws -> State {
    let isPending = try await accounts.deviceGrant(waiting.userCode, at: Date()) != nil
    if isPending, try await !accounts.approve(waiting.userCode, by: ada.id, at: Date()) { return .partial }
    guard case .approved = try await accounts.poll(waiting.deviceCode, at: Date()) else { return .partial }
    return isPending ? .notBegun : .done
  }

  private func redemptionState(_ accounts: Accounts) async throws -> State {
    let tokens = try await accounts.tokens(of: ada.handle)?.count
    switch try await accounts.poll(approved.deviceCode, at: Date()) {
    case .approved: return tokens == 0 ? .notBegun : .partial
    case .expired: return tokens == 1 ? .done : .partial
    case .pending, .slowDown, .denied: return .partial
    }
  }

  private func transferState(_ accounts: Accounts) async throws -> State {
    let owners = try await accounts.members(of: guild).filter { $0.role == .owner }.map(\.account)
    let hasToken = try await accounts.identity(presenting: guildToken, at: Date()) != nil
    let isOffered = try await accounts.transfers(of: ada.id, at: Date()).contains { $0.id == transfer }
    if owners == [ada.id], !hasToken, !isOffered { return .done }
    guard owners == [grace.id], hasToken, isOffered else { return .partial }
    try await accounts.accept(transfer: transfer, by: ada.id, at: Date())
    return .notBegun
  }
}

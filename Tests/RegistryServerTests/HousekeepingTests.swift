import Foundation
import Logging
import RegistryStore
import Skills
import TestSupport
import Testing

@testable import RegistryServer

@Suite struct HousekeepingTests {
  @Test func `what has ended is removed beside serving, and the log says how much`() async throws {
    let folder = try TemporaryFolder()
    let store = try RegistryStore(
      folder: folder.path.appending("data"),
      passwords: ScryptParameters(logRounds: 4, blockSize: 8, parallelism: 1))
    let (log, clock, start) = (LogCapture(), TestClock(), Date())
    let logger = Logger(label: "test") { _ in log.handler }
    let housekeeping = Housekeeping(store: store, logger: logger, now: { clock.now })
    let client = ClientDescription(name: "CLI", address: "192.0.2.1")
    let (codes, link) = try await (
      store.accounts.startDeviceGrant(on: client, at: start), store.accounts.invite(nil, at: start)
    )
    await housekeeping.removeExpired()
    #expect(!log.text.contains("removed what has expired"))
    #expect(try await store.accounts.deviceGrant(codes.userCode, at: start) != nil)
    clock.advance(Accounts.deviceCodeLifetime)
    await housekeeping.removeExpired()
    #expect(log.text.contains("removed what has expired"))
    #expect(log.text.contains("row.count"))
    #expect(try await store.accounts.deviceGrant(codes.userCode, at: start) == nil)
    #expect(try await store.accounts.invitation(link, at: start) != nil)
  }
}

import Dispatch
import Foundation
import Skills
import TestSupport
import Testing

@testable import RegistryStore

/// What a new password takes from whoever knew the old one.
@Suite struct PasswordChangeTests {
  private let people: People

  init() throws {
    people = try People()
  }

  @Test(arguments: [true, false])
  func `a device that was let in before a new password gets no token after it`(isByLink: Bool) async throws {
    let ann = try await people.account("ann")
    let (accounts, start) = (people.accounts, people.start)
    let (old, new) = try (people.password(), people.password("battery staple"))
    let session = try await accounts.startSession(of: ann.id, on: people.client, at: start).session
    let link = try #require(try await accounts.inviteReset(of: ann.handle, at: start))
    let codes = try await accounts.startDeviceGrant(on: people.client, at: start)
    #expect(try await accounts.approve(codes.userCode, by: ann.id, at: start))
    if isByLink {
      _ = try await accounts.resetPassword(link, to: new, at: start)
    } else {
      try await accounts.changePassword(of: ann, from: old, to: new, keeping: session.id, at: start)
    }
    guard case .expired = try await accounts.poll(codes.deviceCode, at: start.addingTimeInterval(5)) else {
      Issue.record("the device was let in")
      return
    }
    #expect(try await accounts.tokens(of: ann.handle)?.isEmpty == true)
  }

  @Test func `a session that has ended sets no password`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    let (old, new) = try (people.password(), people.password("battery staple"))
    let ended = try await accounts.startSession(of: ann.id, on: people.client, at: start).session
    let foreign = try await accounts.startSession(of: bob.id, on: people.client, at: start).session
    #expect(try await accounts.endSession(ended.id, of: ann.id))
    for session in [ended.id, foreign.id] {
      await #expect(throws: AccountRefusal.sessionEnded) {
        try await accounts.changePassword(of: ann, from: old, to: new, keeping: session, at: start)
      }
    }
    #expect(try await accounts.signIn(ann.handle, old) == ann)
    #expect(try await accounts.signIn(ann.handle, new) == nil)
  }

  @Test func `a password that is changed while it waits for its turn lets nobody in`() async throws {
    let ann = try await people.account("ann")
    let (people, accounts, old) = (people, people.accounts, try people.password())
    let changed = try PasswordHash(of: people.password("battery staple"), People.cheap).stored
    let gate = DispatchSemaphore(value: 0)
    async let busy: Void = accounts.passwords.run { gate.wait() }
    while accounts.passwords.openCount < 1 { await Task.yield() }
    async let late = accounts.signIn(ann.handle, old)
    while accounts.passwords.openCount < 2 { await Task.yield() }
    let change = await Task { try await people.execute("UPDATE accounts SET password = \(changed)") }.result
    gate.signal()
    try await busy
    #expect(try await late == nil)
    try change.get()
  }
}

import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct InvitationTests {
  private let people: People

  init() throws {
    people = try People()
  }

  private func newAccount(_ handle: String) throws -> NewAccount {
    NewAccount(handle: try people.name(handle), password: try people.password())
  }

  @Test func `the last link for the first account makes the operator, and there is none after that`() async throws {
    let (accounts, start) = (people.accounts, people.start)
    let first = try #require(try await accounts.inviteFirstAccount(at: start))
    let second = try #require(try await accounts.inviteFirstAccount(at: start))
    #expect(try await accounts.invitation(first, at: start) == nil)
    #expect(try await accounts.invitation(second, at: start) == .firstAccount)
    let operatorAccount = try await accounts.signUp(newAccount("ann"), with: second, at: start)
    #expect(operatorAccount.isOperator)
    #expect(try await accounts.inviteFirstAccount(at: start) == nil)
    #expect(try await !people.account("bob").isOperator)
  }

  @Test func `an author from before gets its account by a link, and keeps its tokens`() async throws {
    let (accounts, start) = (people.accounts, people.start)
    let acme = try people.name("acme")
    try await accounts.createAuthor(acme, at: start)
    let token = try #require(try await accounts.createToken(for: acme, at: start, expiringAt: nil))
    await #expect(throws: Accounts.AuthorRefusal.exists) { _ = try await people.account("acme") }
    let link = try await accounts.invite(acme, at: start)
    let account = try await accounts.signUp(newAccount("other"), with: link, at: start)
    #expect(account.handle == acme)
    let identity = try #require(try await accounts.identity(presenting: token, at: start))
    #expect(identity.authorID == account.authorID)
    #expect(identity.accountID == nil)
    #expect(try await accounts.tokens(of: account.handle)?.map(\.id) == [identity.tokenID])
    await #expect(throws: Accounts.AuthorRefusal.exists) { _ = try await accounts.invite(acme, at: start) }
  }

  @Test func `of many who use one link, one gets an account`() async throws {
    let (people, accounts) = (people, people.accounts)
    let link = try await accounts.invite(nil, at: people.start)
    let count = await people.successes(
      of: 20, failing: { $0 as? AccountRefusal == .invitationEnded || People.isOverload($0) },
      attempt: { index in
        _ = try await accounts.signUp(newAccount("person-\(index)"), with: link, at: people.start)
        return true
      })
    #expect(count == 1)
    #expect(try await people.rows("SELECT id FROM accounts").count == 1)
    #expect(try await people.rows("SELECT id FROM authors").count == 1)
  }

  @Test func `a link that could not be used is not used up`() async throws {
    let (accounts, start) = (people.accounts, people.start)
    _ = try await people.account("taken")
    let link = try await accounts.invite(nil, at: start)
    await #expect(throws: Accounts.AuthorRefusal.exists) {
      _ = try await accounts.signUp(newAccount("taken"), with: link, at: start)
    }
    _ = try await accounts.signUp(newAccount("free"), with: link, at: start)
  }

  @Test func `a link ends with its time, and is for one purpose`() async throws {
    let (accounts, start) = (people.accounts, people.start)
    let ann = try await people.account("ann")
    let invitation = try await accounts.invite(nil, at: start)
    let reset = try #require(try await accounts.inviteReset(of: ann.handle, at: start))
    let (end, password) = (start.addingTimeInterval(Accounts.invitationLifetime), try people.password("battery staple"))
    await #expect(throws: AccountRefusal.invitationEnded) {
      _ = try await accounts.signUp(newAccount("bob"), with: invitation, at: end)
    }
    await #expect(throws: AccountRefusal.invitationEnded) {
      _ = try await accounts.signUp(newAccount("bob"), with: reset, at: start)
    }
    for (link, time) in [(invitation, start), (reset, end), (Secret(), start)] {
      await #expect(throws: AccountRefusal.invitationEnded) {
        _ = try await accounts.resetPassword(link, to: password, at: time)
      }
    }
    #expect(try await accounts.resetPassword(reset, to: password, at: start) == ann)
    #expect(try await accounts.signIn(ann.handle, password) == ann)
    await #expect(throws: AccountRefusal.invitationEnded) {
      _ = try await accounts.resetPassword(reset, to: people.password(), at: start)
    }
  }
}

import Dispatch
import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct AccountTests {
  private let people: People

  init() throws {
    people = try People()
  }

  @Test func `whoever signed up signs in by handle and password, and by nothing else`() async throws {
    let ann = try await people.account("ann")
    let (name, password) = try (people.name("ann"), people.password())
    #expect(try await people.accounts.signIn(name, password) == ann)
    #expect(try await people.accounts.signIn(name, people.password("wrong horse!")) == nil)
    #expect(try await people.accounts.signIn(people.name("bob"), password) == nil)
  }

  @Test(arguments: ["", "short", "ninechars", String(repeating: "x", count: 257)])
  func `a password that is too short or too long is none`(text: String) {
    #expect(throws: MeshError.self) { try Password(parsing: text) }
  }

  @Test func `a password counts however a keyboard makes its accents`() async throws {
    let (composed, decomposed) = try (people.password("caf\u{e9} au lait"), people.password("cafe\u{301} au lait"))
    let new = NewAccount(handle: try people.name("ann"), password: composed)
    _ = try await people.accounts.signUp(new, with: nil, at: people.start)
    #expect(try await people.accounts.signIn(new.handle, decomposed) != nil)
  }

  /// RFC 7914, section 12: the first 32 bytes of the third vector.
  @Test func `a hash with other parameters counts, and is made anew with today's`() async throws {
    let ann = try await people.account("ann")
    let vector = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU=$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI="
    try await people.execute("UPDATE accounts SET password = \(vector)")
    let password = try people.password("pleaseletmein")
    for _ in 0..<2 {
      #expect(try await people.accounts.signIn(ann.handle, password) == ann)
      let stored = try #require(try await people.rows("SELECT password FROM accounts").first).text("password")
      #expect(stored.hasPrefix("$scrypt$ln=4,r=1,p=1$"))
    }
  }

  @Test func `one password is hashed at a time, sixteen wait, and the next is refused`() async throws {
    let hasher = PasswordHasher(People.cheap)
    let gate = DispatchSemaphore(value: 0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await hasher.run { gate.wait() } }
      while hasher.openCount == 0 { await Task.yield() }
      for _ in 0..<PasswordHasher.waitingLimit { group.addTask { try await hasher.run {} } }
      while hasher.openCount <= PasswordHasher.waitingLimit { await Task.yield() }
      let refusal = await #expect(throws: MeshError.self) { try await hasher.run {} }
      #expect(refusal?.code == .unavailable)
      gate.signal()
      try await group.waitForAll()
    }
    try await hasher.run {}
  }

  @Test func `a new password ends every other session, and links for one`() async throws {
    let ann = try await people.account("ann")
    let (accounts, start) = (people.accounts, people.start)
    let kept = try await accounts.startSession(of: ann.id, on: people.client, at: start)
    let other = try await accounts.startSession(of: ann.id, on: people.client, at: start)
    let link = try #require(try await accounts.inviteReset(of: ann.handle, at: start))
    let (old, new) = try (people.password(), people.password("battery staple"))
    await #expect(throws: AccountRefusal.wrongPassword) {
      try await accounts.changePassword(of: ann, from: new, to: new, keeping: kept.session.id, at: start)
    }
    #expect(try await accounts.sessions(of: ann.id, at: start).map(\.id) == [other.session.id, kept.session.id])
    try await accounts.changePassword(of: ann, from: old, to: new, keeping: kept.session.id, at: start)
    #expect(try await accounts.session(presenting: kept.secret, at: start)?.account == ann)
    #expect(try await accounts.session(presenting: other.secret, at: start) == nil)
    #expect(try await accounts.signIn(ann.handle, old) == nil)
    #expect(try await accounts.invitation(link, at: start) == nil)
  }

  @Test func `a session ends with its time or when its owner says so`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    let (session, secret) = try await accounts.startSession(of: ann.id, on: people.client, at: start)
    let end = start.addingTimeInterval(Accounts.sessionLifetime)
    #expect(try await accounts.session(presenting: secret, at: end.addingTimeInterval(-1)) != nil)
    #expect(try await accounts.session(presenting: secret, at: end) == nil)
    #expect(try await !accounts.endSession(session.id, of: bob.id))
    #expect(try await accounts.session(presenting: secret, at: start) != nil)
    #expect(try await accounts.endSession(session.id, of: ann.id))
    #expect(try await accounts.session(presenting: secret, at: start) == nil)
  }

  @Test func `deleting blanks what is personal and leaves what was published and its name`() async throws {
    var new = NewAccount(handle: try people.name("ann"), password: try people.password())
    new.displayName = try DisplayName(parsing: "Ann Canary")
    new.email = try EmailAddress(parsing: "canary@example.org")
    let (accounts, start) = (people.accounts, people.start)
    let ann = try await accounts.signUp(new, with: nil, at: start)
    let publisher = try await people.identity(ann)
    try await people.publish("1.0.0", of: "ann/tool", by: publisher)
    let secret = try await accounts.startSession(of: ann.id, on: people.client, at: start).secret
    try await accounts.delete(ann.id, at: start)

    #expect(try await accounts.account(ann.handle) == nil)
    #expect(try await accounts.signIn(ann.handle, new.password) == nil)
    #expect(try await accounts.session(presenting: secret, at: start) == nil)
    let author = try #require(try await accounts.author(ann.handle))
    #expect(author.id == ann.authorID && author.name == ann.handle && author.isDeleted)
    #expect(try await people.store.catalog.history(of: SkillName(parsing: "ann/tool"))?.newest != nil)
    await #expect(throws: Accounts.TokenRefusal()) { try await people.publish("2.0.0", of: "ann/tool", by: publisher) }
    await #expect(throws: Accounts.AuthorRefusal.exists) { _ = try await people.account("ann") }
    let personal = try await people.rows(
      """
      SELECT 1 AS n FROM authors WHERE display_name IS NOT NULL
      UNION ALL SELECT 1 FROM accounts WHERE email IS NOT NULL OR password IS NOT NULL
      UNION ALL SELECT 1 FROM sessions UNION ALL SELECT 1 FROM tokens WHERE name IS NOT NULL OR revoked_at IS NULL
      """)
    #expect(personal.isEmpty)
    #expect(try await people.store.databaseFaults(thorough: true).isEmpty)
  }

  @Test func `an account follows authors, each once`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    for _ in 0..<2 { #expect(try await accounts.subscribe(ann.id, toAuthor: bob.authorID, at: start)) }
    #expect(try await !accounts.subscribe(ann.id, toAuthor: 99, at: start))
    #expect(try await accounts.subscriptions(of: ann.id).map(\.author) == [bob.handle])
    #expect(try await accounts.isSubscribed(ann.id, toAuthor: bob.authorID))
    #expect(try await !accounts.isSubscribed(bob.id, toAuthor: ann.authorID))
    try await accounts.unsubscribe(ann.id, fromAuthor: bob.authorID)
    #expect(try await accounts.subscriptions(of: ann.id).isEmpty)
  }
}

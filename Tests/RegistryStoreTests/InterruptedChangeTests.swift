import Foundation
import RegistryStore
import Skills
import SystemPackage
import TestSupport
import Testing

/// Nothing of a change stays that did not come to its end.
@Suite struct InterruptedChangeTests {
  enum Change: String, CaseIterable, CustomTestStringConvertible {
    case signUp, approval, redemption, organisation, transfer, skillTransfer, removal, rename, reset, deletion, publish
    case ticket, agentDeletion

    var testDescription: String { rawValue }
  }

  typealias Act = @Sendable () async throws -> Void

  @Test(arguments: Change.allCases)
  func `a process that dies at any statement of a change leaves all as it was before`(change: Change) async throws {
    let disk = DiskCopies()
    let people = try People(wrapping: { database in
      WatchedDatabase(database: database) { _ in try disk.copy() }
    })
    let act = try await prepare(change, people)
    let before = try await DatabaseContents(of: people.data)
    disk.begin(of: people.data, into: people.folder)
    try await act()
    let copies = disk.end()
    #expect(try await DatabaseContents(of: people.data) != before)
    #expect(copies.count > 1)
    for copy in copies { #expect(try await DatabaseContents(of: copy) == before, "\(copy)") }
  }

  private func prepare(_ change: Change, _ people: People) async throws -> Act {
    let (accounts, start) = (people.accounts, people.start)
    let ann = try await people.account("ann")
    switch change {
    case .signUp:
      let link = try await accounts.invite(nil, at: start)
      let new = NewAccount(handle: try people.name("bob"), password: try people.password())
      return { _ = try await accounts.signUp(new, with: link, at: start) }
    case .approval, .redemption: return try await deviceGrant(change, people, ann)
    case .organisation, .transfer, .removal: return try await organisation(change, people, ann)
    case .skillTransfer:
      let bob = try await people.account("bob")
      let skill = try SkillName(parsing: "ann/tool")
      try await people.publish("1.0.0", of: "ann/tool", by: people.identity(ann))
      let pattern = try ResourcePattern(parsing: "ann/tool")
      _ = try await people.identity(ann, TokenScope(rights: [.yank], skills: [pattern], agents: []))
      let offer = try await accounts.offer(skill, to: bob.handle, by: ann.id, at: start)
      return { _ = try await accounts.accept(skillTransfer: offer.id, by: bob.id, at: start) }
    case .rename:
      let (old, new) = (ann.handle, try people.name("anna"))
      try await people.publish("1.0.0", of: "ann/tool", by: people.identity(ann))
      return { try await accounts.rename(old, to: new, by: ann.id, at: start) }
    case .reset:
      let link = try #require(try await accounts.inviteReset(of: ann.handle, at: start))
      let password = try people.password("battery staple")
      _ = try await accounts.startSession(of: ann.id, on: people.client, at: start)
      return { _ = try await accounts.resetPassword(link, to: password, at: start) }
    case .deletion:
      _ = try await people.identity(ann)
      _ = try await accounts.startSession(of: ann.id, on: people.client, at: start)
      return { try await accounts.delete(ann.id, at: start) }
    case .publish:
      let publisher = try await people.identity(ann)
      return { _ = try await people.publish("1.0.0", of: "ann/tool", by: publisher) }
    case .ticket, .agentDeletion: return try await agent(change, people, ann)
    }
  }

  private func deviceGrant(_ change: Change, _ people: People, _ ann: Account) async throws -> Act {
    let (accounts, start) = (people.accounts, people.start)
    let codes = try await accounts.startDeviceGrant(on: people.client, at: start)
    if change == .approval {
      return {
        let isApproved = try await accounts.approve(codes.userCode, by: ann.id, at: start)
        #expect(isApproved)
      }
    }
    #expect(try await accounts.approve(codes.userCode, by: ann.id, at: start))
    return { _ = try await accounts.poll(codes.deviceCode, at: start) }
  }

  private func organisation(_ change: Change, _ people: People, _ ann: Account) async throws -> Act {
    let (accounts, start, name) = (people.accounts, people.start, try people.name("acme"))
    if change == .organisation {
      return { _ = try await accounts.createOrganisation(name, displayName: nil, by: ann.id, at: start) }
    }
    let bob = try await people.account("bob")
    let acme = try await accounts.createOrganisation(name, displayName: nil, by: ann.id, at: start)
    if change == .removal {
      try await accounts.setRole(.owner, of: bob.handle, in: acme, by: ann.id, at: start)
      return { try await accounts.removeMember(bob.handle, from: acme, by: ann.id, at: start) }
    }
    _ = try await accounts.createToken(for: name, at: start, expiringAt: nil)
    let offer = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: start)
    return { try await accounts.accept(transfer: offer.id, by: bob.id, at: start) }
  }

  private func agent(_ change: Change, _ people: People, _ ann: Account) async throws -> Act {
    let (agents, start) = (people.agents, people.start)
    let owner = try await people.identity(ann)
    let agent = try await people.agent("bot", by: owner, capabilities: ["review"])
    let issued = try await agents.createTicket(for: agent.id, by: owner, at: start)
    if change == .ticket { return { _ = try await agents.redeem(issued.ticket, at: start) } }
    _ = try await agents.redeem(issued.ticket, at: start)
    return { _ = try await agents.delete(agent.id, by: owner, at: start) }
  }
}

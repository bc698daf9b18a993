import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Handing one skill to another author, which both sides have to want.
struct SkillTransferPages: Sendable {
  let services: RegistryServices

  func form(_ call: Call, _ visit: OwnedSkillVisit) -> Reply { page(visit.skill, TypedForm(), visit.person) }

  func offer(_ call: Call, _ visit: OwnedSkillVisit) async throws -> Reply {
    let (skill, person) = (visit.skill, visit.person)
    var form = try TypedForm(call, "recipient", "confirmation")
    let recipient = form.read("recipient") { try AuthorName(parsing: $0) }
    form.confirm("confirmation", is: skill)
    guard let recipient, form.isFaultless else { return page(skill, form, person) }
    do {
      _ = try await services.accounts.offer(skill, to: recipient, by: person.account.id, at: services.now())
    } catch {
      try form.refuse("recipient", orHoldBack: error)
      return page(skill, form, person)
    }
    return .redirect(to: Route.organisationsPage.rawValue, saying: .transferOffered)
  }

  func accept(_ call: Call, _ person: Person) async throws -> Reply {
    let id = try call.number("id")
    let name = try await services.accounts.accept(
      skillTransfer: id, by: person.account.id, at: services.now())
    return .redirect(to: Route.skillPage.path(of: name), saying: .skillAccepted)
  }

  /// Declines an offer, or withdraws one's own.
  func end(_ call: Call, _ person: Person) async throws -> Reply {
    let id = try call.number("id")
    try await services.accounts.decline(skillTransfer: id, by: person.account.id, at: services.now())
    return .redirect(to: Route.organisationsPage.rawValue, saying: .transferEnded)
  }

  private func page(_ skill: SkillName, _ form: TypedForm, _ person: Person) -> Reply {
    let page = FormPage(
      heading: "Transfer \(skill)",
      intro: "The skill with all its versions goes to another account or to an organisation once they accept. Then it "
        + "has their name, to which the old one leads, and you and your tokens have no right on it any more. "
        + "An earlier offer ends with a new one.",
      problem: form.problem, action: Route.skillTransfer.path(of: skill),
      fields: [
        FormField("recipient", "Account or organisation that gets it", in: form),
        FormField("confirmation", "Type \(skill) to confirm", in: form),
      ], button: "Offer the skill", isDangerous: true)
    return services.pages.reply(.form, page.heading, page, for: person.visitor, showing: form)
  }
}

extension RegistryServices {
  /// Offers of skills that a person has made or can accept.
  func skillOffers(for person: Person) async throws -> [OrganisationListPage.SkillOffer] {
    let transfers = try await accounts.skillTransfers(of: person.account.id, at: now())
    return transfers.map { transfer in
      let isOwn = transfer.from == person.account.handle
      return OrganisationListPage.SkillOffer(
        skillName: transfer.skill.description, giver: transfer.from.rawValue, taker: transfer.to.rawValue,
        until: transfer.expiresAt.ISO8601Format(),
        acceptPath: isOwn ? nil : Route.skillTransferAcceptance.path(["\(transfer.id)"]),
        endPath: Route.skillTransferEnd.path(["\(transfer.id)"]), ending: isOwn ? "Withdraw" : "Decline")
    }
  }
}

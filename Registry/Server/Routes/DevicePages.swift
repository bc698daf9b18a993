import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Approving a device: the code is typed, then what asks is shown, then it is approved or denied.
///
/// The code is typed also where the link has it: whoever was sent a link by a stranger has none to type.
struct DevicePages: Sendable {
  let services: RegistryServices

  private enum Decision: String {
    case approve, deny
  }

  func form(_ call: Call, _ person: Person) -> Reply { codePage(TypedForm(), person) }

  func submit(_ call: Call, _ person: Person) async throws -> Reply {
    var form = try TypedForm(call, "code")
    let decision = try Self.decision(call)
    guard let code = UserCode(typed: form["code"]) else { return wrong(form, person) }
    do {
      try await countAttempt(decision == nil ? "codes" : "decisions", person)
      return try await answer(decision, about: code, call, person) ?? wrong(form, person)
    } catch {
      try form.holdBack(error)
      return codePage(form, person)
    }
  }

  /// Nil where only a code was typed.
  private static func decision(_ call: Call) throws -> Decision? {
    guard let text = try call.fields().one("decision") else { return nil }
    if let decision = Decision(rawValue: text) { return decision }
    throw MeshError(.invalidRequest, "a decision is approve or deny")
  }

  /// Nil when no device waits with the code.
  private func answer(
    _ decision: Decision?, about code: UserCode, _ call: Call, _ person: Person
  ) async throws -> Reply? {
    guard let grant = try await services.accounts.deviceGrant(code, at: services.now()) else { return nil }
    guard let decision else { return show(grant, code, person) }
    // It was counted when the code was typed: whoever decides about a device that waits guesses nothing.
    try await services.rates.giveBack(.code, from: call.sender, byAuthor: person.payer)
    switch decision {
    case .approve:
      let isApproved = try await services.accounts.approve(code, by: person.account.id, at: services.now())
      return isApproved ? message("Device approved", "It continues by itself.", person) : nil
    case .deny:
      let isDenied = try await services.accounts.deny(code, by: person.account.id, at: services.now())
      return isDenied ? message("Device denied", "It gets no token.", person) : nil
    }
  }

  private func show(_ grant: DeviceGrant, _ code: UserCode, _ person: Person) -> Reply {
    let page = DevicePage(
      action: Route.devicePage.rawValue, code: code.description, deviceName: grant.client.name,
      deviceAddress: grant.client.address, since: grant.createdAt.ISO8601Format(),
      rights: grant.scope.rights.map(\.meaning).sorted(), handle: person.account.handle.rawValue)
    return services.pages.reply(.device, "Approve a device", page, for: person.visitor)
  }

  /// Before the look, right or wrong: guesses that are made at once count, too.
  ///
  /// - Parameter step: What the code was sent for: each step is an occasion to guess.
  private func countAttempt(_ step: String, _ person: Person) async throws {
    let key = RateBucket.Key(step, of: "session \(person.session.id)")
    try await services.accounts.take(key, of: services.limits.codesPerSession.limit, at: services.now())
  }

  private func wrong(_ typed: TypedForm, _ person: Person) -> Reply {
    var form = typed
    form.refuse(
      "code",
      MeshError(
        .validationError, "No device waits with this code",
        hint: "Compare it with what the device shows; after 15 minutes it is over."))
    return codePage(form, person)
  }

  private func codePage(_ form: TypedForm, _ person: Person) -> Reply {
    let page = FormPage(
      heading: "Approve a device",
      intro: "Type the code that your device shows. Never type one that somebody sent you.",
      problem: form.problem, action: Route.devicePage.rawValue,
      fields: [FormField("code", "Code", in: form, note: "As your own device shows it, such as BCDF-GHJK.")],
      button: "Continue")
    return services.pages.reply(.form, page.heading, page, for: person.visitor, showing: form)
  }

  private func message(_ heading: String, _ text: String, _ person: Person) -> Reply {
    let page = MessagePage(heading: heading, text: text, linkPath: Route.tokensPage.rawValue, linkText: "Your tokens")
    return services.pages.reply(.message, heading, page, for: person.visitor)
  }
}

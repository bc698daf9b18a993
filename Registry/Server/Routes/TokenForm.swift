import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// The fields of a new token: what was typed, and what is wrong with it.
struct TokenForm {
  private(set) var form: TypedForm
  private(set) var rights: Set<TokenRight> = []

  /// One for every skill and agent, as long as a token lasts when nobody says.
  init() {
    form = TypedForm(["days": "\(TokenRequest.standardDays)", "skills": "*", "agents": "*"])
  }

  /// - Throws: `invalidRequest` for what is no form, or one with a field twice.
  init(_ call: Call) throws {
    form = try TypedForm(call, "name", "days", "skills", "agents")
    rights = Set(try call.fields().all("right").compactMap { TokenRight(rawValue: $0) })
  }

  var rightsFault: String? { form.fault("right") }

  /// Nil when something is wrong that the form then shows.
  mutating func token(at time: Date) -> NewToken? {
    let name = form.read("name") { try DisplayName(parsing: $0) }
    let skills = form.read("skills") { try Self.patterns($0) }
    let agents = form.read("agents") { try Self.patterns($0) }
    let days = form.read("days") { try Self.days($0) }
    if rights.isEmpty { form.refuse("right", MeshError(.validationError, "choose at least one right")) }
    guard let name, let skills, let agents, let days, form.isFaultless else { return nil }
    return NewToken(
      name: name, scope: TokenScope(rights: rights, skills: skills, agents: agents),
      expiresAt: time.addingTimeInterval(Double(days) * 86_400))
  }

  var fields: [FormField] {
    [
      FormField("name", "Name", in: form, note: "What you will know it by, such as CI of the website."),
      FormField("skills", "For which skills", in: form, note: "Such as acme/* or acme/reviewer."),
      FormField("agents", "For which agents", in: form, note: "Such as acme/*; for the rights about agents."),
      FormField("days", "Expires after (days)", in: form, kind: "number"),
    ]
  }

  /// Has the form say above its fields why there is no token now, as `TypedForm.holdBack(_:)`.
  mutating func holdBack(_ error: any Error) throws { try form.holdBack(error) }

  private static func patterns(_ text: String) throws -> [ResourcePattern] {
    let words = text.split { $0 == "," || $0.isWhitespace }
    guard (1...TokenRequest.maximumPatterns).contains(words.count) else {
      throw MeshError(.validationError, "name 1 to \(TokenRequest.maximumPatterns) patterns, such as *")
    }
    return try words.map { try ResourcePattern(parsing: String($0)) }
  }

  private static func days(_ text: String) throws -> Int {
    guard let days = Int(text), (1...3_650).contains(days) else {
      throw MeshError(.validationError, "a number of days from 1 to 3650")
    }
    return days
  }
}

import Foundation
import RegistryStore
import Skills

/// The fields of a new token: what was typed, and what is wrong with it.
struct TokenForm {
  private var name = ""
  private var days = "90"
  private var skills = "*"
  private(set) var rights: Set<TokenRight> = []
  private(set) var rightsFault: String?
  private var faults: [String: String] = [:]

  init() {}

  init(_ fields: FormFields) throws(MeshError) {
    name = try fields.one("name") ?? ""
    days = try fields.one("days") ?? ""
    skills = try fields.one("skills") ?? ""
    rights = Set(fields.all("right").compactMap { TokenRight(rawValue: $0) })
  }

  /// Nil when something is wrong that the form then shows.
  mutating func token(at time: Date) -> NewToken? {
    var called: DisplayName?
    var patterns: [ResourcePattern] = []
    do { called = try DisplayName(parsing: name) } catch { faults["name"] = error.message }
    do {
      let words = skills.split { $0 == "," || $0.isWhitespace }
      guard !words.isEmpty else { throw MeshError(.validationError, "name at least one pattern, such as *") }
      patterns = try words.map { try ResourcePattern(parsing: String($0)) }
    } catch {
      faults["skills"] = MeshError(error, else: .validationError).message
    }
    let count = Int(days) ?? 0
    if !(1...3_650).contains(count) { faults["days"] = "a number of days from 1 to 3650" }
    if rights.isEmpty { rightsFault = "choose at least one right" }
    guard let called, faults.isEmpty, rightsFault == nil else { return nil }
    return NewToken(
      name: called, scope: TokenScope(rights: rights, skills: patterns, agents: [.everything]),
      expiresAt: time.addingTimeInterval(Double(count) * 86_400))
  }

  var fields: [FormField] {
    [
      FormField(
        name: "name", label: "Name", value: name, note: "What you will know it by, such as CI of the website.",
        fault: faults["name"]),
      FormField(
        name: "skills", label: "For which skills", value: skills, note: "Such as acme/* or acme/reviewer.",
        fault: faults["skills"]),
      FormField(name: "days", label: "Days until it ends", kind: "number", value: days, fault: faults["days"]),
    ]
  }
}

import RegistryStore
import Skills

/// The fields of a new account: what was typed, and what is wrong with it.
struct AccountForm {
  private let handle: String
  private let fixedHandle: AuthorName?
  private let password: String
  private let displayName: String
  private var faults: [String: String] = [:]

  /// An empty one.
  ///
  /// - Parameter fixedHandle: The name that an invitation is for.
  init(fixedHandle: AuthorName? = nil) {
    self.fixedHandle = fixedHandle
    handle = ""
    password = ""
    displayName = ""
  }

  init(_ fields: FormFields, fixedHandle: AuthorName? = nil) throws(MeshError) {
    self.fixedHandle = fixedHandle
    handle = try fields.one("handle") ?? ""
    password = try fields.one("password") ?? ""
    displayName = try fields.one("display_name") ?? ""
  }

  /// Makes the account with `signUp`; nil when something is wrong that the form then shows.
  mutating func account(by signUp: (NewAccount) async throws -> Account) async throws -> Account? {
    var name = fixedHandle
    if name == nil { name = read("handle", handle) { try AuthorName(parsing: $0) } }
    let secret = read("password", password) { try Password(parsing: $0) }
    let shown = displayName.isEmpty ? nil : read("display_name", displayName) { try DisplayName(parsing: $0) }
    guard let name, let secret, faults.isEmpty else { return nil }
    do {
      return try await signUp(NewAccount(handle: name, password: secret, displayName: shown))
    } catch let refusal as Accounts.AuthorRefusal {
      faults["handle"] = refusal.meshError.description
      return nil
    }
  }

  var fields: [FormField] {
    let name = FormField(
      name: "handle", label: "Handle", autocomplete: "username", value: handle,
      note: "1 to 39 lower-case letters, digits and single hyphens; your skills are named by it.",
      fault: faults["handle"])
    return (fixedHandle == nil ? [name] : []) + [
      FormField(
        name: "display_name", label: "Name, if you like", autocomplete: "name", value: displayName,
        fault: faults["display_name"]),
      FormField(
        name: "password", label: "Password", kind: "password", autocomplete: "new-password",
        note: "At least \(Password.minimumCharacters) characters.", fault: faults["password"]),
    ]
  }

  private mutating func read<Value>(_ field: String, _ text: String, _ parse: (String) throws -> Value) -> Value? {
    do {
      return try parse(text)
    } catch {
      faults[field] = MeshError(error, else: .validationError).message
      return nil
    }
  }
}

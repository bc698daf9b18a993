import RegistryStore
import Skills

/// The fields of a new account: what was typed, and what is wrong with it.
struct AccountForm {
  private(set) var form: TypedForm
  private let fixedHandle: AuthorName?

  /// An empty one.
  ///
  /// - Parameter fixedHandle: The name that an invitation is for.
  init(fixedHandle: AuthorName? = nil) {
    form = TypedForm()
    self.fixedHandle = fixedHandle
  }

  /// - Throws: `invalidRequest` for what is no form, or one with a field twice.
  init(_ call: Call, fixedHandle: AuthorName? = nil) throws {
    form = try TypedForm(call, "handle", "password", "display_name", "email")
    self.fixedHandle = fixedHandle
  }

  /// Makes the account with `signUp`; nil when something is wrong that the form then shows.
  ///
  /// - Throws: What a form says neither beside a field nor above all of them.
  mutating func account(by signUp: (NewAccount) async throws -> Account) async throws -> Account? {
    var handle = fixedHandle
    if handle == nil { handle = form.read("handle") { try AuthorName(parsing: $0) } }
    let password = form.read("password") { try Password(parsing: $0) }
    let displayName = form.readOptional("display_name") { try DisplayName(parsing: $0) }
    let email = form.readOptional("email") { try EmailAddress(parsing: $0) }
    guard let handle, let password, form.isFaultless else { return nil }
    do {
      return try await signUp(
        NewAccount(handle: handle, password: password, displayName: displayName, email: email))
    } catch let refusal as Accounts.AuthorRefusal where fixedHandle == nil {
      form.refuse("handle", refusal)
      return nil
    } catch {
      try form.holdBack(error)
      return nil
    }
  }

  var fields: [FormField] {
    let handle = FormField(
      "handle", "Handle", in: form, autocomplete: "username",
      note: FormField.nameRule + " Your skills are published under it.")
    return (fixedHandle == nil ? [handle] : []) + [
      FormField("display_name", "Display name (optional)", in: form, autocomplete: "name"),
      FormField(
        "email", "E-mail (optional)", in: form, kind: "email", autocomplete: "email", note: "Others do not see it."),
      FormField.newPassword("password", "Password", in: form),
    ]
  }
}

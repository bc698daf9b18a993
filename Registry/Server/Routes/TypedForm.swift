import HTTPTypes
import RegistryStore
import Skills

/// What was typed into a form, and what is wrong with it, field by field and with all of it.
struct TypedForm {
  private var texts: [String: String]
  private var faults: [String: String] = [:]
  private var refusal: MeshError?

  /// One that nobody has filled in yet, with what stands in it.
  init(_ texts: [String: String] = [:]) {
    self.texts = texts
  }

  /// - Throws: `invalidRequest` for what is no form, or one with a field twice.
  init(_ call: Call, _ names: String...) throws {
    let fields = try call.fields()
    texts = [:]
    for name in names { texts[name] = try fields.one(name) ?? "" }
  }

  var isFaultless: Bool { faults.isEmpty }

  /// What is wrong with all of it, as sentences; nil when nothing is.
  var problem: String? { refusal.map { $0.description.prefix(1).uppercased() + $0.description.dropFirst() } }

  /// That of the page that shows it.
  var status: HTTPResponse.Status { refusal?.code.responseStatus ?? (isFaultless ? .ok : .unprocessableContent) }

  /// Seconds after which it can be sent again; nil where waiting changes nothing.
  var retryAfter: String? { refusal.flatMap { $0.headers["Retry-After"] ?? $0.code.headers["Retry-After"] } }

  /// What was typed; empty when nothing was.
  subscript(_ name: String) -> String { texts[name] ?? "" }

  func fault(_ name: String) -> String? { faults[name] }

  /// The value of a field; nil when something is wrong with it, which the form then says beside it.
  mutating func read<Value>(_ name: String, _ parse: (String) throws -> Value) -> Value? {
    do {
      return try parse(self[name])
    } catch {
      refuse(name, error)
      return nil
    }
  }

  /// As `read`; nil also for a field that was left empty, which is right.
  mutating func readOptional<Value>(_ name: String, _ parse: (String) throws -> Value) -> Value? {
    self[name].isEmpty ? nil : read(name, parse)
  }

  /// Demands that a name was typed by hand, as before what cannot be undone.
  mutating func confirm(_ name: String, is expected: some CustomStringConvertible) {
    if self[name] != expected.description {
      refuse(name, MeshError(.validationError, "type \(expected.description) to go on"))
    }
  }

  mutating func refuse(_ name: String, _ error: any Error) {
    faults[name] = MeshError(error, else: .validationError).description
  }

  /// Has the form say beside a field why the account that it names is refused, or above all fields as `holdBack(_:)`.
  ///
  /// - Throws: `error` itself when it is anything else, such as that somebody may not do this.
  mutating func refuse(_ name: String, orHoldBack error: any Error) throws {
    switch error {
    case let refusal as AccountRefusal where refusal.meshError.code != .forbidden: refuse(name, refusal)
    case let refusal as QuotaRefusal: refuse(name, refusal)
    default: try holdBack(error)
    }
  }

  /// Has the form say above its fields what is wrong with all of it.
  mutating func refuse(_ refusal: MeshError) {
    self.refusal = refusal
  }

  /// Has the form say above its fields why what it asks for is not done now: a limit, or something in the way.
  ///
  /// - Throws: `error` itself when it is anything else.
  mutating func holdBack(_ error: any Error) throws {
    let refusal = MeshError(error, else: .internalError)
    guard [.conflict, .tooManyRequests, .unavailable].contains(refusal.code) else { throw error }
    refuse(refusal)
  }
}

extension PageRenderer {
  /// A page with a form as it was sent: with the status of what is wrong with it, and the time to wait.
  func reply(
    _ template: PageTemplate, _ title: String, _ content: some Sendable, for visitor: Visitor, showing form: TypedForm
  ) -> Reply {
    var reply = reply(template, title, content, for: visitor, status: form.status)
    if let retryAfter = form.retryAfter { reply.headers[.retryAfter] = retryAfter }
    return reply
  }
}

extension FormField {
  /// A field with what was typed into it, which a password never shows, and what is wrong with it.
  init(
    _ name: String, _ label: String, in form: TypedForm, kind: String = "text", autocomplete: String = "off",
    note: String? = nil
  ) {
    self.init(
      name: name, label: label, kind: kind, autocomplete: autocomplete, value: kind == "password" ? "" : form[name],
      note: note, fault: form.fault(name))
  }

  static func newPassword(_ name: String, _ label: String, in form: TypedForm) -> FormField {
    FormField(
      name, label, in: form, kind: "password", autocomplete: "new-password",
      note: "At least \(Password.minimumCharacters) characters.")
  }

  static func currentPassword(in form: TypedForm) -> FormField {
    FormField("current_password", "Current password", in: form, kind: "password", autocomplete: "current-password")
  }

  /// What the name of an account or an organisation is made of.
  static let nameRule = "1 to \(AuthorName.maximumLength) lower-case letters, digits and single hyphens."
}

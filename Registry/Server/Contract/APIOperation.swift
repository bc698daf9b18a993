import Skills

/// One operation of the description: a method at a path.
struct APIOperation: Sendable {
  /// A body: the name of its schema, and an example as JSON.
  struct Body: Sendable {
    var schema: String
    var example: [UInt8]
  }

  /// In capitals.
  let method: String
  /// With `{name}` for each part that is filled in.
  let path: String
  private let fields: FrontMatter.Value
  private let schemas: FrontMatter.Value?

  /// - Parameter schemas: The components to which bodies refer.
  init(method: String, path: String, fields: FrontMatter.Value, schemas: FrontMatter.Value?) {
    self.method = method.uppercased()
    self.path = path
    self.fields = fields
    self.schemas = schemas
  }

  var id: String { fields["operationId"]?.string ?? "" }
  var summary: String { fields["summary"]?.string ?? "" }
  var group: String { fields["tags"]?.strings?.first ?? "" }
  /// Who may ask; see `Access`.
  var access: String { fields["x-access"]?.string ?? "" }
  /// What a token has to be for; see `TokenRight`.
  var rights: [String] { fields["x-right"]?.strings ?? [] }
  var rateClass: String { fields["x-rate-class"]?.string ?? "" }
  /// Codes as they are on the wire.
  var errors: [String] { fields["x-errors"]?.strings ?? [] }
  var statuses: [Int] { (fields["responses"]?.mapping ?? []).compactMap { Int($0.key) } }

  /// What is sent; nil where nothing of that type is.
  func request(_ type: String = "application/json") -> Body? { body(fields["requestBody"]?["content"]?[type]) }

  /// What comes back when all is well; nil where that is no JSON.
  var response: Body? {
    let contents = ["200", "201", "202"].flatMap { fields["responses"]?[$0]?["content"]?.mapping ?? [] }
    return body(contents.first { $0.key.hasSuffix("json") }?.value)
  }

  private func body(_ content: FrontMatter.Value?) -> Body? {
    let reference = content?["schema"]?["$ref"]?.string
    guard let name = reference?.split(separator: "/").last.map(String.init) else { return nil }
    let example = schemas?[name]?["example"].map { CanonicalJSON($0).bytes }
    return Body(schema: name, example: example ?? [])
  }
}

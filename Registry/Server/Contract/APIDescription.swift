import Skills

/// The description of the API (OpenAPI 3.1), as it stands in `schemas/openapi.yaml` and in the program.
struct APIDescription: Sendable {
  static let embedded: [UInt8] = PackageResources.openapi_yaml

  /// In the order of the file.
  let operations: [APIOperation]
  /// What the reader of the file had to say.
  let findings: [Finding]
  private let schemas: FrontMatter.Value?

  /// - Throws: `DocumentRefusal` for what is no YAML.
  init(reading bytes: [UInt8]) throws(DocumentRefusal) {
    let fence = Array("---\n".utf8)
    let document = try SkillDocument(reading: fence + bytes + fence, file: "openapi.yaml", limits: Self.limits)
    let schemas = document.frontMatter["components"]?["schemas"]
    self.schemas = schemas
    let paths = document.frontMatter["paths"]?.mapping ?? []
    operations = paths.flatMap { path in
      (path.value.mapping ?? []).map { operation in
        APIOperation(method: operation.key, path: path.key, fields: operation.value, schemas: schemas)
      }
    }
    findings = document.findings
  }

  /// The example of a schema, as JSON; nil where it has none.
  func example(of schema: String) -> [UInt8]? { schemas?[schema]?["example"].map { CanonicalJSON($0).bytes } }

  private static var limits: FrontMatterLimits {
    var limits = FrontMatterLimits.standard
    limits.bytes = 1 << 20
    limits.depth = 32
    limits.keys = 10_000
    return limits
  }
}

import FoundationSubset

/// What a project has installed as a bill of materials for other programs: CycloneDX 1.6 in JSON (ECMA-424).
///
/// A skill is a component of type `library`: a versioned part with dependencies that others are built on, which is what
/// tools match by its package URL. `data` would say that it only holds values, and many tools pass such over.
package struct SoftwareBill: Sendable {
  /// A name with a version.
  package struct Product: Hashable, Sendable {
    package var name: String
    package var version: String?

    package init(name: String, version: String? = nil) {
      self.name = name
      self.version = version
    }
  }

  private let lock: Lockfile
  private let manifest: ProjectManifest
  private let project: Product
  private let tool: Product
  private let date: Date

  /// - Parameters:
  ///   - manifest: Says which skills the project itself wants.
  ///   - tool: The program that makes the bill.
  ///   - date: When it is made.
  package init(of lock: Lockfile, for manifest: ProjectManifest, project: Product, tool: Product, date: Date) {
    self.lock = lock
    self.manifest = manifest
    self.project = project
    self.tool = tool
    self.date = date
  }

  /// The same lock, manifest, project, tool and second give the same bytes.
  package var encoded: [UInt8] {
    CanonicalJSON.object([
      ("$schema", .string("http://cyclonedx.org/schema/bom-1.6.schema.json")),
      ("bomFormat", .string("CycloneDX")),
      ("specVersion", .string("1.6")),
      ("serialNumber", .string("urn:uuid:" + identifier)),
      ("version", .integer(1)),
      ("metadata", metadata),
      ("components", .array(lock.skills.map(\.component))),
      ("dependencies", .array([projectDependencies] + dependencies)),
    ]).bytes
  }

  /// A UUID of version 8 (RFC 9562): the first bytes of SHA-256 over the lock and the name of the project.
  private var identifier: String {
    var bytes = Array(Digest(of: lock.encoded + Array(project.name.utf8)).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Hexadecimal.text(of: bytes)
    var groups: [Substring] = []
    var rest = digits[...]
    for length in [8, 4, 4, 4, 12] {
      groups.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return groups.joined(separator: "-")
  }

  private var metadata: CanonicalJSON {
    .object([
      ("timestamp", .string(date.ISO8601Format())),
      ("tools", .object([("components", .array([Self.application(tool, [])]))])),
      ("component", Self.application(project, [("bom-ref", .string(Self.projectReference))])),
    ])
  }

  private static let projectReference = "project"

  private static func application(
    _ product: Product, _ members: [(key: String, value: CanonicalJSON)]
  ) -> CanonicalJSON {
    var members = [("type", CanonicalJSON.string("application"))] + members
    members.append(("name", .string(product.name)))
    if let version = product.version { members.append(("version", .string(version))) }
    return .object(members.map { (key: $0.0, value: $0.1) })
  }

  private var projectDependencies: CanonicalJSON {
    let wanted = lock.roots(of: manifest).compactMap { lock[$0]?.billReference }
    return Self.dependency(Self.projectReference, on: wanted)
  }

  private var dependencies: [CanonicalJSON] {
    lock.skills.map { skill in
      Self.dependency(skill.billReference, on: skill.dependencies.compactMap { lock[$0.name]?.billReference })
    }
  }

  /// References are told once each, sorted.
  private static func dependency(_ reference: String, on others: [String]) -> CanonicalJSON {
    .object([
      ("ref", .string(reference)), ("dependsOn", .array(Set(others).sorted().map(CanonicalJSON.string))),
    ])
  }
}

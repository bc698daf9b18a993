import RegistryAPI
import RegistryStore
import SkillArchive
import Skills

/// A request that may be published: every fact derived from its archive, nothing stored yet.
struct PublishVerdict: Sendable {
  enum Archive: Sendable {
    /// The upload is in canonical form and is kept byte for byte.
    case asUploaded(BlobUpload)
    case repacked(PackedSkill)
  }

  let name: SkillName
  let version: SemanticVersion
  let manifest: FileManifest
  private let document: SkillDocument
  let archive: Archive
  private let isPrivate: Bool?
  private let warnings: [Finding]

  /// Inspects what was sent and decides.
  ///
  /// - Throws: `MeshError` or `ArchiveRefusal` for what may not be published.
  static func judge(_ form: PublishRequest, author: AuthorName, limits: ArchiveLimits) throws -> PublishVerdict {
    let inspected = try form.package.map { try ArchiveInspector.inspect(.file($0.path), limits: limits) }
    guard let sent = inspected?.skillMarkdown ?? form.content.map(LineEnds.folded) else {
      throw MeshError(.noFiles, "the request carries neither a package nor a SKILL.md")
    }
    let original = try Self.document(sent)
    try Contradiction.refuse(form, original)
    let document = try original.overridden(by: form.metadata)
    let replacement = document.bytes == original.bytes ? nil : document.bytes
    let packed: PackedSkill
    if let package = form.package, let inspected {
      if replacement == nil, inspected.isCanonical {
        return try PublishVerdict(document, .asUploaded(package), inspected.manifest, form.metadata, author: author)
      }
      packed = try SkillPacker.repack(
        .file(package.path), inspected: inspected, replacingSkillMarkdown: replacement, limits: limits)
    } else {
      packed = try SkillPacker.pack(files: [PackedFile(path: .skillMarkdown, bytes: document.bytes)], limits: limits)
    }
    return try PublishVerdict(document, .repacked(packed), packed.manifest, form.metadata, author: author)
  }

  private init(
    _ document: SkillDocument, _ archive: Archive, _ manifest: FileManifest, _ metadata: PublishMetadata,
    author: AuthorName
  ) throws {
    let findings = Validation.findings(for: document, in: .init(manifest: manifest, profile: .publish))
    if Validation.refusesPublishing(findings) {
      throw MeshError(
        .validationError, "this skill cannot be published: \(findings.summary)",
        hint: "Check it with: agent-mesh skills validate", findings: findings)
    }
    name = SkillName(author: author, slug: try SkillSlug(parsing: document.name ?? ""))
    version = try Self.version(document, metadata)
    self.manifest = manifest
    self.document = document
    self.archive = archive
    isPrivate = metadata.isPrivate ?? (document.isPrivate ? true : nil)
    warnings = findings
  }

  private static func version(_ document: SkillDocument, _ metadata: PublishMetadata) throws -> SemanticVersion {
    do {
      if let chosen = metadata.version, chosen != document.version { return try SemanticVersion(parsing: chosen) }
      return try document.effectiveVersion()
    } catch {
      throw MeshError(.validationError, "\(error)")
    }
  }

  private static func document(_ bytes: [UInt8]) throws -> SkillDocument {
    do {
      return try SkillDocument(reading: bytes)
    } catch {
      throw MeshError(
        .validationError, "SKILL.md cannot be read: \(error)", hint: "Check it with: agent-mesh skills validate",
        findings: [error.finding(in: "SKILL.md")])
    }
  }
}

extension PublishVerdict {
  /// What went to disk and what goes into the catalog.
  struct Stored: Sendable {
    var version: NewVersion
    /// Nil when the archive was there before.
    var blob: HeldBlob?
    var warnings: [Finding]
  }

  /// - Parameter blob: Nil when the archive was there before.
  func stored(_ digest: Digest, size: Int, _ blob: HeldBlob?) -> Stored {
    let new = NewVersion(
      name: name, version: version, isPrivate: isPrivate, description: document.description ?? "",
      dependencies: document.dependencies.filter { (try? SkillReference(parsing: $0)) != nil }, archiveDigest: digest,
      archiveSize: size, manifest: manifest)
    return Stored(version: new, blob: blob, warnings: warnings)
  }
}

extension SkillDocument {
  /// The document under the name and version that the request chose; the same document where it agrees already.
  ///
  /// A document without a name gets it. One without a version keeps none: its number is then known to the registry
  /// alone.
  fileprivate func overridden(by metadata: PublishMetadata) throws -> SkillDocument {
    var document = self
    if let name = metadata.name, document.name != name {
      document = try document.settingName(SkillSlug(parsing: name))
    }
    if let version = metadata.version, let own = document.version, own != version {
      document = try document.settingVersion(SemanticVersion(parsing: version))
    }
    return document
  }
}

extension [Finding] {
  /// The first error in words, and how many more there are.
  fileprivate var summary: String {
    let errors = filter { $0.severity == .error }
    guard let first = errors.first else { return "no reason given" }
    return errors.count == 1 ? first.message : "\(first.message), and \(errors.count - 1) more"
  }
}

import RegistryStore
import Skills

/// Looks through versions for those who think of installing them: each once, as its content never changes.
struct VersionReviews: Sendable {
  private let blobs: BlobStore
  private let catalog: CachedCatalog
  private let threads: WorkThreads
  private let limits: RegistryLimits
  private let reviews = BoundedCache<Int64, VersionReview>(limit: 32 << 20) { review in
    let found = review.preview.map { $0.risks.count + $0.findings.count + $0.scripts.count } ?? 0
    return 4_096 + review.manifest.entries.count * 256 + found * 512
  }
  /// However many ask for a version at once, it is looked through for one of them.
  private let reviewing = KeyLock<Int64>()

  init(blobs: BlobStore, catalog: CachedCatalog, threads: WorkThreads, limits: RegistryLimits) {
    self.blobs = blobs
    self.catalog = catalog
    self.threads = threads
    self.limits = limits
  }

  func review(of version: VersionRecord, for client: Client) async throws -> VersionReview {
    if let known = reviews[version.id] { return known }
    return try await reviewing.withLock(version.id) {
      if let known = reviews[version.id] { return known }
      let review = try await look(at: version, for: client)
      reviews.insert(review, for: version.id)
      return review
    }
  }

  private func look(at version: VersionRecord, for client: Client) async throws -> VersionReview {
    let manifest = try await catalog.manifest(of: version)
    guard manifest.totalSize <= limits.reviewedBytes else { return VersionReview(manifest: manifest) }
    let archive = StoredArchive(version.archiveDigest, in: blobs, limits: limits.archive)
    return try await threads.packing.run(for: client) { () throws -> VersionReview in
      let contents = try archive.contents()
      guard contents.inspected.treeDigest == version.treeDigest else {
        throw StoreFailure.corrupt("blob \(version.archiveDigest)")
      }
      guard let document = try? SkillDocument(reading: contents.inspected.skillMarkdown) else {
        return VersionReview(manifest: manifest)
      }
      let preview = SkillPreview(of: document, manifest: manifest) { contents.files[$0.path] ?? [] }
      return VersionReview(
        manifest: manifest, preview: preview, license: document.frontMatter["license"]?.string)
    }
  }
}

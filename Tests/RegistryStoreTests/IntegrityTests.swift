import Foundation
import RegistryStore
import Skills
import SystemPackage
import TestSupport
import Testing

/// `check` finds whatever the database says that is not so.
@Suite struct IntegrityTests {
  private let folder: TemporaryFolder
  private let data: FilePath
  private static let archive: [UInt8] = Array("an archive".utf8)
  private static let manifest = FileManifest([
    .init(path: .skillMarkdown, size: 4, digest: Digest(of: "text".utf8), isExecutable: false)
  ])

  init() throws {
    folder = try TemporaryFolder()
    data = folder.path.appending("data")
  }

  private func publish(_ versions: String...) async throws {
    let store = try RegistryStore(folder: data)
    let author = try AuthorName(parsing: "acme")
    try await store.accounts.createAuthor(author, at: Date())
    let token = try #require(try await store.accounts.createToken(for: author, at: Date(), expiringAt: nil))
    let identity = try #require(try await store.accounts.identity(presenting: token, at: Date()))
    let digest = try store.blobs.keep(Self.archive)
    for version in versions {
      let new = NewVersion(
        name: try SkillName(parsing: "acme/sample"), version: try SemanticVersion(parsing: version), isPrivate: nil,
        description: "Says \(version).", dependencies: [], archiveDigest: digest, archiveSize: Self.archive.count,
        manifest: Self.manifest)
      _ = try await store.catalog.publish(new, by: identity, at: Date())
    }
    try store.close()
  }

  private func check(_ manifest: FileManifest = Self.manifest) async -> IntegrityReport {
    await RegistryStore.check(folder: data) { _, _ in manifest }
  }

  @Test func `nothing is found where everything is as it was written`() async throws {
    try await publish("1.0.0", "1.1.0")
    let report = await check()
    #expect(report.faults.isEmpty)
    #expect(report.versions == 2)
    #expect(report.blobs == 1)
  }

  @Test(arguments: [
    "DELETE FROM files", "UPDATE files SET size = 5", "UPDATE files SET is_executable = 1",
    "UPDATE files SET path = 'other.md'", "UPDATE files SET path = '../x'",
    "UPDATE versions SET tree_digest = 't1:' || replace(hex(zeroblob(21)), '0', 'A') || 'A='",
    "UPDATE versions SET tree_digest = ''", "UPDATE versions SET archive_size = 7",
    "UPDATE versions SET archive_digest = zeroblob(32)", "UPDATE skills SET newest_version_id = 1",
    "UPDATE skills SET newest_version_id = NULL", "DELETE FROM search", "UPDATE search SET description = 'other'",
    "INSERT INTO search (rowid, slug, author, description) VALUES (99, 'x', 'y', 'z')",
    "INSERT INTO private_search (rowid, slug, author, description) SELECT rowid, slug, author, description FROM search",
  ])
  func `a change of the database behind its back is found`(statement: String) async throws {
    try await publish("1.0.0", "1.1.0")
    let database = try SQLiteDatabase(path: data.appending("registry.sqlite").string)
    for trigger in ["versions_are_immutable", "files_are_immutable", "files_are_kept"] {
      _ = try await database.write { try $0.execute(SQL(stringLiteral: "DROP TRIGGER \(trigger)")) }
    }
    _ = try await database.write { try $0.execute(SQL(stringLiteral: statement)) }
    try database.close()
    let report = await check()
    #expect(!report.isSound)
  }

  @Test func `an archive that holds other files than the database lists is found`() async throws {
    try await publish("1.0.0")
    let other = FileManifest([
      .init(path: .skillMarkdown, size: 5, digest: Digest(of: "other".utf8), isExecutable: false)
    ])
    let faults = await check(other).faults
    #expect(faults == ["acme/sample@1.0.0: the list of its files is not that of its archive"])
  }

  @Test func `of a registry without a readable database the archives are read all the same`() async throws {
    try await publish("1.0.0")
    for name in ["registry.sqlite", "registry.sqlite-wal"] {
      try Data(repeating: 7, count: 8_192).write(to: URL(fileURLWithPath: data.appending(name).string))
    }
    let first = await check()
    #expect(first.blobs == 1)
    #expect(first.faults.count == 1)
    let blobs = try BlobStore(folder: data.appending("blobs"), uploads: data.appending("uploads"))
    let file = blobs.path(of: Digest(of: Self.archive)).string
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: file))
    #expect(await check().faults.count == 2)
  }
}

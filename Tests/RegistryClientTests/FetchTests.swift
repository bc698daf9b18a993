import Foundation
import HTTPTransport
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct FetchTests {
  private func entry(_ bytes: [UInt8], size: Int? = nil) throws -> IndexDocument.Version {
    let summary = VersionSummary(
      version: "1.0.0", status: .published, publishedAt: Date(timeIntervalSince1970: 0), digest: Digest(of: bytes),
      size: size ?? bytes.count, treeDigest: FileManifest([]).treeDigest, description: nil, fileCount: 1)
    return IndexDocument.Version(summary, dependencies: [])
  }

  private func fetch(
    _ served: [UInt8], promising entry: IndexDocument.Version, scratch: String, _ progress: Log<Int> = Log()
  ) async throws -> FetchedArchive {
    let server = TestServer { _, connection in try connection.reply(200, served) }
    return try await client(at: server.address).fetch(
      SkillName(parsing: "acme/probe"), SemanticVersion(parsing: "1.0.0"), digest: entry.digest, size: entry.size,
      scratch: scratch
    ) { progress.add($0) }
  }

  private static let large = [UInt8](repeating: 7, count: FetchedArchive.smallSize + 1)

  @Test func `a small archive stays in memory, a large one goes to the scratch file`() async throws {
    let folder = try TemporaryFolder()
    let progress = Log<Int>()
    let small = try await fetch([1, 2, 3], promising: entry([1, 2, 3]), scratch: folder["s"].string, progress)
    guard case .bytes([1, 2, 3]) = small else { return #expect(Bool(false), "\(small)") }
    #expect(progress.values == [3])
    let large = try await fetch(Self.large, promising: entry(Self.large), scratch: folder["l"].string, progress)
    guard case .file(let path) = large else { return #expect(Bool(false)) }
    #expect(path == folder["l"].string)
    #expect(try folder.bytes("l") == Self.large)
    #expect(progress.values.last == Self.large.count)
    #expect(progress.values.dropFirst().sorted() == Array(progress.values.dropFirst()))
  }

  @Test(arguments: [true, false], ["other", "short", "long"])
  func `bytes that were not promised are an error, and no file is left to be taken for them`(
    isLarge: Bool, way: String
  ) async throws {
    let folder = try TemporaryFolder()
    let right = isLarge ? Self.large : [1, 2, 3]
    var served = right
    switch way {
    case "other": served[0] ^= 1
    case "short": served.removeLast()
    default: served.append(0)
    }
    let error = await failure { try await fetch(served, promising: entry(right), scratch: folder["f"].string) }
    #expect(error?.code == .integrityError)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path.string).isEmpty)
  }

  @Test(arguments: [-1, Int.min, 0])
  func `a size that no archive has is an error and no crash`(size: Int) async throws {
    let error = await failure { try await fetch([1], promising: entry([1], size: size), scratch: "/nowhere") }
    #expect(error?.code == .integrityError)
  }

  @Test func `a refusal in place of the smallest archive says what it says`() async throws {
    let folder = try TemporaryFolder()
    let reason = String(repeating: "because ", count: 100)
    let server = TestServer { _, connection in
      try connection.reply(
        403, headers: ["Content-Type: application/problem+json"], #"{"code":"quarantined","message":"\#(reason)"}"#)
    }
    let promised = try entry([1, 2, 3])
    let error = await #expect(throws: MeshError.self) {
      try await client(at: server.address).fetch(
        SkillName(parsing: "acme/probe"), SemanticVersion(parsing: "1.0.0"), digest: promised.digest,
        size: promised.size, scratch: folder["s"].string)
    }
    #expect(error?.code == .quarantined)
    #expect(error?.message.contains("because") == true)
  }

  @Test func `a scratch file that is there already is not written to`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("l", "mine")
    let error = await failure {
      try await fetch(Self.large, promising: entry(Self.large), scratch: folder["l"].string)
    }
    #expect(error?.code == .fileError)
    #expect(try folder.bytes("l") == Array("mine".utf8))
  }
}

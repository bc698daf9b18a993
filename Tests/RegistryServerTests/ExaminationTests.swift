import Foundation
import RegistryStore
import SkillArchive
import Skills
import TestSupport
import Testing

@testable import RegistryServer

/// A file that somebody writes to while it is read.
@Suite struct ExaminationTests {
  private let folder: TemporaryFolder
  private let blobs: BlobStore

  init() throws {
    folder = try TemporaryFolder()
    blobs = try BlobStore(folder: folder["blobs"], uploads: folder["uploads"])
  }

  /// What is left of a write whose bytes have been read already.
  private func touch(_ digest: Digest) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: blobs.path(of: digest).string)
  }

  @Test func `a blob is vouched for as it was before the first of its bytes was read`() throws {
    let digest = try blobs.keep(Array(Sample.noise(3 << 20).utf8))
    let before = try blobs.open(digest).stamp
    let examination = BlobExamination(digest, in: blobs)
    var found: BlobStamp?
    var steps = 0
    while found == nil {
      if case .finished(let stamp) = try examination.step(known: nil) { found = stamp }
      if steps == 0 { try touch(digest) }
      steps += 1
    }
    let after = try blobs.open(digest).stamp
    #expect(steps > 1)
    #expect(found == before)
    #expect(found != after)
  }

  @Test func `a file in an archive is vouched for as the archive was before the first of its bytes was read`() throws {
    let packed = try Sample.packed(files: ["large.txt": Sample.noise(3 << 20)])
    let digest = try blobs.keep(packed.bytes)
    let path = try SkillPath(parsing: "large.txt")
    let entry = try #require(packed.manifest[path])
    let stream = FileStream(.init(entry: entry, archive: digest), in: blobs, limits: .standard)
    let before = try stream.stamp()
    var isAtEnd = try stream.step { _ in }
    #expect(!isAtEnd)
    try touch(digest)
    while !isAtEnd { isAtEnd = try stream.step { _ in } }
    let known = try stream.stamp()
    let after = try blobs.open(digest).stamp
    #expect(known == before)
    #expect(known != after)
  }
}

import Foundation
import RegistryStore
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct BlobStoreTests {
  private let folder: TemporaryFolder
  private let blobs: BlobStore

  init() throws {
    folder = try TemporaryFolder()
    blobs = try BlobStore(folder: folder.path.appending("blobs"), uploads: folder.path.appending("uploads"))
  }

  @Test func `bytes are kept under their digest, once`() throws {
    let digest = try blobs.keep(Array("content".utf8))
    #expect(digest == Digest(of: "content".utf8))
    #expect(try blobs.keep(Array("content".utf8)) == digest)
    #expect(try blobs.digests() == [digest])
    #expect(try blobs.open(digest).readAll() == Array("content".utf8))
    #expect(try blobs.open(digest).read(at: 3, count: 100) == Array("tent".utf8))
    #expect(try uploads().isEmpty)
  }

  @Test func `an upload that is not kept is gone with its last reference`() throws {
    do {
      let upload = try blobs.newUpload()
      try upload.append(Array("half".utf8))
      #expect(upload.size == 4)
      #expect(try uploads().count == 1)
    }
    #expect(try uploads().isEmpty)
    #expect(try blobs.digests().isEmpty)
  }

  @Test func `a changed byte is found, and the blob is not handed out as whole`() throws {
    let digest = try blobs.keep([UInt8](repeating: 7, count: 400_000))
    let path = blobs.path(of: digest).string
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[399_999] = 8
    try bytes.write(to: URL(fileURLWithPath: path))
    #expect(try !blobs.open(digest).isIntact())
    #expect(throws: StoreFailure.corrupt("blob \(digest)")) { _ = try blobs.open(digest).readAll() }
  }

  @Test func `only old blobs that nothing refers to are collected`() throws {
    let digest = try blobs.keep([1])
    let now = Int(Date().timeIntervalSince1970)
    #expect(try !blobs.collect(digest, storedBefore: now - 60))
    #expect(try blobs.collect(digest, storedBefore: now + 60))
    #expect(try blobs.digests().isEmpty)
  }

  @Test func `a blob is discarded once nothing refers to it and nobody else holds it`() async throws {
    let store = try RegistryStore(folder: folder.path.appending("data"))
    let first = try store.blobs.hold([1])
    do {
      let second = try store.blobs.hold([1])
      #expect(second.digest == first.digest)
      try await store.discard(first)
      #expect(try store.blobs.digests() == [first.digest])
    }
    let now = Int(Date().timeIntervalSince1970)
    #expect(try !store.blobs.collect(first.digest, storedBefore: now + 60))
    try await store.discard(first)
    #expect(try store.blobs.digests().isEmpty)
  }

  @Test func `a stamp changes with the file and with nothing else`() throws {
    let digest = try blobs.keep([1])
    let before = try blobs.open(digest).stamp
    let again = try blobs.open(digest).stamp
    #expect(before == again)
    try Data([1, 2]).write(to: URL(fileURLWithPath: blobs.path(of: digest).string))
    let after = try blobs.open(digest).stamp
    #expect(after != before)
  }

  @Test func `what a stopped process left of uploads is swept`() throws {
    try folder.write("uploads/abandoned", "x")
    try blobs.sweepUploads()
    #expect(try uploads().isEmpty)
  }

  private func uploads() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path.appending("uploads").string)
  }
}

import Foundation
import RegistryAPI
import RegistryClient
import Skills
import TestSupport

/// A folder of its own with a cache in it, and something beside it that must not change.
struct CacheScene {
  let folder: TemporaryFolder
  let cache: SkillCache

  init(limit: Int = SkillCache.standardLimit) throws {
    folder = try TemporaryFolder()
    try folder.write("outside/canary", "sings")
    cache = SkillCache(folder: folder["cache"].string, limit: limit)
  }

  /// Where an archive is, by the layout that the type documents.
  func archive(_ digest: Digest) -> String {
    "cache/archives/\(digest.hexadecimal.prefix(2))/\(digest.hexadecimal)"
  }

  func age(_ name: String, seconds: TimeInterval) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: folder[name].string)
  }

  /// Seconds since it was written, or confirmed.
  func age(of name: String) throws -> TimeInterval {
    let date = try FileManager.default.attributesOfItem(atPath: folder[name].string)[.modificationDate] as? Date
    return -(date ?? .distantPast).timeIntervalSinceNow
  }

  func exists(_ name: String) -> Bool {
    var status = stat()
    return lstat(folder[name].string, &status) == 0
  }

  /// Permission bits.
  func mode(_ name: String) throws -> Int {
    let value = try FileManager.default.attributesOfItem(atPath: folder[name].string)[.posixPermissions] as? NSNumber
    return value?.intValue ?? -1
  }

  /// The paths of all files below the cache, sorted.
  func files() throws -> [String] {
    guard exists("cache") else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder["cache"].string).sorted().filter {
      var status = stat()
      return lstat(folder["cache/" + $0].string, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }
  }
}

extension FetchedArchive {
  /// The bytes, from memory or from the file.
  var content: [UInt8]? {
    switch self {
    case .bytes(let bytes): bytes
    case .file(let path): FileManager.default.contents(atPath: path).map(Array.init)
    }
  }

  var path: String? {
    if case .file(let path) = self { path } else { nil }
  }
}

extension IndexDocument {
  /// A document whose versions have the digests of their texts.
  static func sample(_ name: String, _ versions: [(number: String, content: String)]) throws -> IndexDocument {
    let entries = versions.map { version in
      let summary = VersionSummary(
        version: version.number, status: .published, publishedAt: Date(timeIntervalSince1970: 1_000),
        digest: Digest(of: Array(version.content.utf8)), size: version.content.utf8.count,
        treeDigest: FileManifest([]).treeDigest, description: nil, fileCount: 1)
      return Version(summary, dependencies: ["acme/base@^1.2"])
    }
    return IndexDocument(name: try SkillName(parsing: name), isPrivate: false, versions: entries)
  }
}

/// Every way in which a file can be other than it was written.
enum Damage: CaseIterable {
  case flippedFirstBit, flippedMiddleBit, flippedLastBit, truncated, emptied, grown, replacedByFolderLink

  func strike(_ name: String, in folder: TemporaryFolder) throws {
    var bytes = try folder.bytes(name)
    switch self {
    case .flippedFirstBit: bytes[0] ^= 1
    case .flippedMiddleBit: bytes[bytes.count / 2] ^= 0x10
    case .flippedLastBit: bytes[bytes.count - 1] ^= 0x80
    case .truncated: bytes.removeLast()
    case .emptied: bytes = []
    case .grown: bytes.append(0)
    case .replacedByFolderLink:
      try FileManager.default.removeItem(atPath: folder[name].string)
      return try folder.link(name, to: folder["outside"].string)
    }
    try folder.write(name, bytes)
  }
}

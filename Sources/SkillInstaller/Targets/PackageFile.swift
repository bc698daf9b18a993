import Foundation
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The `package.json` of a project, of which only the names of its dependencies matter.
///
/// It is looked at to find out which agents are used: one that is a link, no plain file, too large or not JSON tells
/// nothing, and nobody needs to hear of it.
enum PackageFile {
  static let name = "package.json"
  static let maximumBytes = 1 << 20

  static func declares(_ dependency: String, in project: FilePath) -> Bool {
    guard let bytes = bytes(of: project.appending(name)),
      let content = try? JSONDecoder().decode(Content.self, from: Data(bytes))
    else { return false }
    return content.declares(dependency)
  }

  private static func bytes(of path: FilePath) -> [UInt8]? {
    // Without waiting for a writer, should it be a pipe.
    guard
      let file = try? FileDescriptor.open(path, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
    else { return nil }
    return try? file.closeAfter { () throws -> [UInt8]? in
      var info = stat()
      guard fstat(file.rawValue, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size <= maximumBytes
      else { return nil }
      return try read(file, atMost: maximumBytes)
    }
  }

  /// The whole of it; nil when it has grown beyond the limit.
  private static func read(_ file: FileDescriptor, atMost limit: Int) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
    }
    return nil
  }
}

extension PackageFile {
  private struct Content: Decodable {
    private let container: KeyedDecodingContainer<Key>

    init(from decoder: any Decoder) throws {
      container = try decoder.container(keyedBy: Key.self)
    }

    func declares(_ dependency: String) -> Bool {
      ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"].contains { section in
        let names = try? container.nestedContainer(keyedBy: Key.self, forKey: Key(section))
        return names?.contains(Key(dependency)) ?? false
      }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

import FileSystem
import FoundationSubset
import SystemPackage

/// The `package.json` of a project, of which only the names of its dependencies matter.
///
/// It is looked at to find out which agents are used: one that is a link, no plain file, too large or not JSON tells
/// nothing, and nobody needs to hear of it.
enum PackageFile {
  static let name = "package.json"
  static let maximumBytes = 1 << 20

  static func declares(_ dependency: String, in project: FilePath) -> Bool {
    guard
      let bytes = try? OpenFile<FileError>.open(project.appending(name), followsLink: false).bytes(limit: maximumBytes),
      let content = try? JSONDecoder().decode(Content.self, from: Data(bytes))
    else { return false }
    return content.declares(dependency)
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

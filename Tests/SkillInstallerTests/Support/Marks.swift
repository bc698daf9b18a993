import Foundation
import Skills
import SystemPackage
import TestSupport

/// Records as somebody else could have written them.
enum Marks {
  static func text(
    of reference: String, version: String = "1.0.0", registry: String, links: [String] = [".claude/skills"],
    format: Int = 1
  ) -> String {
    let zero = "sha256:" + String(repeating: "0", count: 64)
    let tree = "t1:" + Data(repeating: 0, count: 32).base64EncodedString()
    let names = links.map { "\"\($0)\"" }.joined(separator: ",")
    return """
      {"format":\(format),"reference":"\(reference)","version":"\(version)","registry":"\(registry)",\
      "digest":"\(zero)","tree_digest":"\(tree)","is_private":false,"links":[\(names)],"files":[]}
      """
  }
}

/// A digest over one entry of a folder and everything below it, whatever the entry is called.
func treeHash(of folder: FilePath, only name: String) throws -> Digest {
  let path = folder.appending(name)
  let type = try FileManager.default.attributesOfItem(atPath: path.string)[.type] as? FileAttributeType
  switch type {
  case .typeDirectory: return try treeHash(of: path)
  case .typeRegular: return Digest(of: try Data(contentsOf: URL(filePath: path.string)))
  case .typeSymbolicLink: return Digest(of: try FileManager.default.destinationOfSymbolicLink(atPath: path.string).utf8)
  default: return Digest(of: "special".utf8)
  }
}

extension FakeRegistry {
  func listed(_ name: String, _ version: String) -> FakeVersion? {
    skills[name]?.versions.first { $0.version == version }
  }
}

import Foundation
import Skills
import SystemPackage

/// A digest over everything below a folder: names, types, modes, link targets and contents.
///
/// Taken before and after, it proves that nothing outside a target was touched.
package func treeHash(of folder: FilePath) throws -> Digest {
  let manager = FileManager.default
  var lines: [String] = []
  // Does not follow links, and lists hidden files too.
  let names = manager.enumerator(atPath: folder.string)?.compactMap { $0 as? String } ?? []
  for name in names.sorted() {
    let path = folder.appending(FilePath(name).components).string
    let attributes = try manager.attributesOfItem(atPath: path)
    let type = (attributes[.type] as? FileAttributeType) ?? .typeUnknown
    let mode = (attributes[.posixPermissions] as? Int) ?? -1
    lines.append("\(name)\u{0}\(type.rawValue)\u{0}\(mode)\u{0}\(try content(of: path, type))")
  }
  return Digest(of: lines.joined(separator: "\n").utf8)
}

private func content(of path: String, _ type: FileAttributeType) throws -> String {
  switch type {
  case .typeSymbolicLink: try FileManager.default.destinationOfSymbolicLink(atPath: path)
  case .typeRegular: Digest(of: try Data(contentsOf: URL(filePath: path))).hexadecimal
  default: ""
  }
}

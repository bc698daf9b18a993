import RegistryAPI
import Skills

/// A file of a skill, or a folder with what is in it.
struct FileNode: Sendable {
  var nodeName: String
  var isFolder: Bool
  var nodePath: String
  var nodeSize: String
  var isExecutable: Bool
  var nodes: [FileNode]

  /// The tree of files that are sorted by path, as deep as paths may be.
  ///
  /// - Parameters:
  ///   - depth: Components of each path that are above the tree.
  ///   - page: The page of a file.
  static func tree(
    of entries: ArraySlice<FileManifest.Entry>, depth: Int = 0, page: (SkillPath) -> String
  ) -> [FileNode] {
    var nodes: [FileNode] = []
    var rest = entries
    while let first = rest.first {
      let parts = first.path.components
      let name = parts[depth]
      guard parts.count > depth + 1 else {
        nodes.append(FileNode(first, named: name, page: page))
        rest = rest.dropFirst()
        continue
      }
      let inside = rest.prefix { $0.path.components.count > depth + 1 && $0.path.components[depth] == name }
      nodes.append(FileNode(folder: "\(name)/", tree(of: inside, depth: depth + 1, page: page)))
      rest = rest.dropFirst(inside.count)
    }
    return nodes
  }

  private init(folder name: String, _ nodes: [FileNode]) {
    nodeName = name
    isFolder = true
    nodePath = ""
    nodeSize = ""
    isExecutable = false
    self.nodes = nodes
  }

  /// - Parameter name: The last part of the path, below folders; nil for the whole path.
  init(_ entry: FileManifest.Entry, named name: Substring? = nil, page: (SkillPath) -> String) {
    nodeName = name.map { String($0) } ?? entry.path.string
    isFolder = false
    nodePath = page(entry.path)
    nodeSize = entry.size.counted("byte")
    isExecutable = entry.isExecutable
    nodes = []
  }
}

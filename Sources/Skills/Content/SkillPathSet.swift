/// The paths of one skill, kept free of any two that some file system would take for one.
package struct SkillPathSet: Sendable {
  private var files: [String: SkillPath] = [:]
  private var folders: [String: SkillPath] = [:]

  package init() {}

  /// Adds a file.
  ///
  /// - Throws: `Collision` when the path equals another, or when a file of the set would have to be a folder too.
  package mutating func insert(_ path: SkillPath) throws(Collision) {
    let key = path.collisionKey
    if let other = files[key] ?? folders[key] { throw Collision(first: other, second: path) }
    files[key] = path
    for ancestor in path.ancestors {
      let folder = SkillPath.collisionKey(of: ancestor)
      if let other = files[folder] { throw Collision(first: other, second: path) }
      try claim(folder: folder, spelled: ancestor, for: path)
    }
  }

  /// Two spellings of one folder would merge on some machines and not on others.
  private mutating func claim(folder key: String, spelled text: String, for path: SkillPath) throws(Collision) {
    guard let other = folders[key] else {
      folders[key] = path
      return
    }
    guard other.ancestors.contains(text) else { throw Collision(first: other, second: path) }
  }

  package struct Collision: Error, Hashable, Sendable, CustomStringConvertible {
    package var first: SkillPath
    package var second: SkillPath

    package var description: String {
      "\"\(first)\" and \"\(second)\" cannot stand side by side on every file system"
    }
  }
}

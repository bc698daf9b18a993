import Skills

/// A file to be packed from memory.
package struct PackedFile: Hashable, Sendable {
  package var path: SkillPath
  package var bytes: [UInt8]
  package var isExecutable: Bool

  package init(path: SkillPath, bytes: [UInt8], isExecutable: Bool = false) {
    self.path = path
    self.bytes = bytes
    self.isExecutable = isExecutable
  }
}

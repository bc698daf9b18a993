import Skills

/// A file that a plan packs.
package struct PlannedFile: Hashable, Sendable {
  enum Origin: Hashable, Sendable {
    /// Components below the folder, as raw bytes: the disk may spell the path otherwise than the archive.
    case disk([UInt8])
    case memory([UInt8])
  }

  package let path: SkillPath
  /// Bytes.
  package let size: Int
  package let isExecutable: Bool
  let origin: Origin
}

import Skills

/// The files of one skill in memory, as they are packed, and what its source holds besides.
package struct SkillContents: Sendable {
  /// In the order of the source; the main file is under its own name, however the source spells it.
  package private(set) var files: [PackedFile] = []
  package private(set) var leftOut: [LeftOut] = []

  /// Decides what becomes of everything that a source holds for one skill.
  ///
  /// - Parameter others: What is no file.
  /// - Throws: `refused` for a `.skillignore` that is too large.
  package init(_ files: [PackedFile], others: [OtherEntry] = []) throws(ArchiveError) {
    let bytes = Dictionary(files.lazy.map { ($0.path.string, $0.bytes) }) { first, _ in first }
    let mainFile = files.first { SkillSelection.isMainFile($0.path.string) }?.path.string
    var selection = try refusing { () throws(ArchiveRefusal) in
      try SkillSelection(reading: { bytes[$0] }, mainFile: mainFile)
    }
    let kept = files.filter { selection.keeps($0.path.string, .file) }
    for other in others { _ = selection.keeps(other.path, other.kind) }
    self.init(kept: kept, leftOut: selection.leftOut)
  }

  /// A `SKILL.md` alone.
  package init(skillMarkdown bytes: [UInt8]) {
    self.init(kept: [PackedFile(path: .skillMarkdown, bytes: bytes)], leftOut: [])
  }

  /// What a selection has decided already.
  package init(kept files: [PackedFile], leftOut: [LeftOut]) {
    self.files = files.map { file in
      guard SkillSelection.isMainFile(file.path.string) else { return file }
      return PackedFile(path: .skillMarkdown, bytes: file.bytes, isExecutable: file.isExecutable)
    }
    self.leftOut = leftOut
  }

  /// Nil when there is none.
  package var skillMarkdown: [UInt8]? { files.first { $0.path == .skillMarkdown }?.bytes }

  /// Without packing anything.
  package var treeDigest: TreeDigest {
    FileManifest(
      files.map {
        .init(path: $0.path, size: $0.bytes.count, digest: Digest(of: $0.bytes), isExecutable: $0.isExecutable)
      }
    ).treeDigest
  }

  /// Sorted by path.
  package var secrets: [SecretFinding] {
    files.sorted { $0.path < $1.path }.flatMap { SecretScanner.findings(in: $0.bytes, path: $0.path) }
  }

  package func packed(limits: ArchiveLimits = .standard) throws(ArchiveError) -> PackedSkill {
    try SkillPacker.pack(files: files, limits: limits)
  }
}

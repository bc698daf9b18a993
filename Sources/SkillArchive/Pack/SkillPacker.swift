import Skills

/// Writes archives in canonical form: the same files become the same bytes, on any machine and in any locale.
package enum SkillPacker {
  /// Packs what a plan lists.
  ///
  /// - Throws: `refused` when the plan or the finished archive breaks a rule or a limit, `secrets` when the plan has
  ///   findings that nobody allowed, `changed` when a file is no longer as planned.
  package static func pack(_ plan: PackPlan) throws(PackError) -> PackedSkill {
    if let refusal = plan.refusals.first { throw .refused(refusal) }
    guard plan.secrets.isEmpty else { throw .secrets(plan.secrets) }
    let writer = try packing { () throws(ArchiveError) in try CanonicalWriter.open(limits: plan.limits) }
    var reader = PlannedFileReader(plan.folder)
    for file in plan.files {
      try reader.write(file, to: writer)
    }
    do throws(ArchiveError) {
      return try writer.finish()
    } catch {
      throw PackError(error)
    }
  }

  /// Packs files from memory, in any order.
  package static func pack(
    files: [PackedFile], limits: ArchiveLimits = .standard
  ) throws(ArchiveError) -> PackedSkill {
    let writer = try CanonicalWriter.open(limits: limits)
    for file in files.sorted(by: { $0.path < $1.path }) {
      try writer.write(file)
    }
    return try writer.finish()
  }

  /// Writes the canonical form of an archive of either format that has been inspected; sizes that do not fit memory go
  /// through a temporary file.
  ///
  /// For an archive that already is canonical the tar bytes come out unchanged.
  ///
  /// - Parameter skillMarkdown: Another text of `SKILL.md`, when the one in the archive is to be replaced.
  /// - Throws: `parsers-disagree` when the archive is no longer the inspected one.
  package static func repack(
    _ source: ArchiveSource, inspected: InspectedArchive, replacingSkillMarkdown skillMarkdown: [UInt8]? = nil,
    limits: ArchiveLimits = .standard
  ) throws(ArchiveError) -> PackedSkill {
    var spool = Spool()
    try ArchiveWalk.walk(source, limits: limits.withoutDuration, visitor: &spool)
    let writer = try CanonicalWriter.open(limits: limits)
    let buffer = Buffer()
    for (file, offset) in spool.files.sorted(by: { $0.file.path < $1.file.path }) {
      if let skillMarkdown, file.path == .skillMarkdown {
        try writer.write(PackedFile(path: file.path, bytes: skillMarkdown, isExecutable: file.isExecutable))
        continue
      }
      try writer.write(file) { (writer) throws(ArchiveError) in
        try spool.read(offset: offset, count: file.size, into: buffer) { (bytes) throws(ArchiveError) in
          try writer.content(bytes)
        }
      }
    }
    let packed = try writer.finish()
    guard packed.manifest.agrees(with: inspected.manifest, except: skillMarkdown == nil ? nil : .skillMarkdown) else {
      throw .refused(.parsersDisagree, "the archive changed while it was read")
    }
    return packed
  }
}

extension FileManifest {
  fileprivate func agrees(with other: FileManifest, except path: SkillPath?) -> Bool {
    entries.filter { $0.path != path } == other.entries.filter { $0.path != path }
  }
}

extension CanonicalWriter {
  fileprivate func write(_ file: PackedFile) throws(ArchiveError) {
    let header = IncomingFile(path: file.path, size: file.bytes.count, isExecutable: file.isExecutable)
    try write(header, bytes: file.bytes)
  }

  func write(_ file: IncomingFile, bytes: [UInt8]) throws(ArchiveError) {
    try write(file) { (writer) throws(ArchiveError) in
      var failure: ArchiveError?
      bytes.withUnsafeBytes { bytes in
        do throws(ArchiveError) { try writer.content(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }
}

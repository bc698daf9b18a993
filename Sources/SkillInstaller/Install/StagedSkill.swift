import RegistryClient
import SkillArchive
import Skills

/// A skill that is fetched and checked, complete in its staging folder.
struct StagedSkill: Sendable {
  let staging: Staging
  let source: ArchiveSource
  private(set) var manifest = FileManifest([])

  init(staging: Staging, source: ArchiveSource) {
    self.staging = staging
    self.source = source
  }

  /// Unpacks the archive and marks the folder as ours.
  ///
  /// - Parameter mark: The record for a given manifest.
  /// - Throws: `integrityError` when the files are not those that the index promises.
  func unpacked(
    _ candidate: Candidate, _ mark: (FileManifest) -> OwnershipMark, limits: ArchiveLimits
  ) throws -> StagedSkill {
    let folder = try staging.folder.childOrCreated(Staging.skill)
    var staged = self
    do {
      let inspected = try ArchiveInspector.inspect(source, limits: limits)
      guard inspected.isCanonical else {
        throw MeshError(
          .integrityError, "the archive of \(candidate.name)@\(candidate.number) is not in the form that registries store",
          hint: "Nothing was installed. Report it to the registry.")
      }
      staged.manifest = try SkillUnpacker.unpack(
        source, inspected: inspected, into: folder.descriptor, limits: limits)
    } catch ArchiveError.refused(let refusal) {
      throw MeshError(
        .integrityError, "the archive of \(candidate.name)@\(candidate.number) was refused: \(refusal)",
        hint: "Nothing was installed. Report it to the registry.")
    } catch ArchiveError.file(let fault) {
      throw MeshError(fault.errno == .noSpace ? .storageFull : .fileError, "\(fault)", hint: "Nothing was changed.")
    }
    guard staged.manifest.treeDigest == candidate.entry.treeDigest else {
      throw MeshError(
        .integrityError, "the files of \(candidate.name)@\(candidate.number) are not those that the index promises",
        hint: "Nothing was installed.")
    }
    try folder.write(try mark(staged.manifest).encoded(), to: OwnershipMark.fileName)
    return staged
  }
}

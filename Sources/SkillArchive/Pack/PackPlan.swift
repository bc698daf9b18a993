import FileSystem
import Skills
import SystemPackage

/// What packing a folder would do: the files, what stays out and why, and what looks like a secret.
package struct PackPlan: Sendable {
  let folder: Directory<PackError>
  /// Sorted by path.
  package private(set) var files: [PlannedFile]
  package let leftOut: [LeftOut]
  /// What breaks a rule of the dialect, in the order of the walk; a plan that has any is not packed.
  ///
  /// Sizes are known only when all is packed: `SkillPacker` may refuse more.
  package let refusals: [ArchiveRefusal]
  /// Findings that nobody allowed by name; a plan that has any is not packed.
  package private(set) var secrets: [SecretFinding]
  package let limits: ArchiveLimits

  /// Bytes of all files.
  package var totalSize: Int { files.reduce(0) { $0 + $1.size } }
}

extension PackPlan {
  /// Looks at `folder` without changing it.
  ///
  /// - Throws: `noSkillMarkdown`; `file`.
  package init(folder: FilePath, options: PackOptions = PackOptions()) throws(PackError) {
    self = try PackPlanner.plan(.open(folder), options)
  }

  /// As above, for a folder that is open.
  package init(folder: Directory<some FileFailure>, options: PackOptions = PackOptions()) throws(PackError) {
    self = try PackPlanner.plan(Directory(folder), options)
  }

  /// The same plan, in which whatever looks like a secret is allowed.
  package func allowingSecrets() -> PackPlan {
    var plan = self
    plan.secrets = []
    return plan
  }

  /// The same plan with another text of `SKILL.md`.
  package func replacingSkillMarkdown(with bytes: [UInt8], allowingSecrets: Bool = false) -> PackPlan {
    var plan = self
    plan.files = files.map { file in
      guard file.path == .skillMarkdown else { return file }
      return PlannedFile(
        path: file.path, size: bytes.count, isExecutable: file.isExecutable, origin: .memory(bytes))
    }
    let found = allowingSecrets ? [] : SecretScanner.findings(in: bytes, path: .skillMarkdown)
    plan.secrets = secrets.filter { $0.path != .skillMarkdown } + found
    return plan
  }
}

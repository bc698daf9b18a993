import SkillArchive
import Skills
import SystemPackage

extension InstallTargets {
  /// How a skill that agents read where its source is differs from what was locked; nil when it does not, or when it
  /// is installed from elsewhere.
  func fault(inPlace skill: LockedSkill) -> Finding? {
    guard let source = sourcePath(of: skill) else { return nil }
    var rest = source
    let path = rest.removePrefix(absoluteBase) && !rest.isEmpty ? rest.string : source.string
    do throws(MeshError) {
      guard try Directory.openIfPresent(source) != nil else { return Finding(fault: .missing, at: path) }
    } catch {
      return Finding(fault: .unreadable, at: source.string, found: error.message)
    }
    do throws(PackError) {
      // As sources are packed: what looks like a secret is reported elsewhere.
      let packed = try SkillPacker.pack(PackPlan(folder: source).allowingSecrets())
      let isAsLocked = packed.treeDigest == skill.treeDigest
      return isAsLocked ? nil : Finding(fault: .otherContent, at: path)
    } catch {
      if case .noSkillMarkdown = error { return Finding(fault: .missing, at: path) }
      return Finding(fault: .unreadable, at: path, found: "\(error)")
    }
  }
}

extension Lockfile {
  /// - Throws: `not_found` or `integrity_error` for a skill that agents read at its source, and that is not what was
  ///   locked.
  func refuseChangesInPlace(of targets: InstallTargets) throws(MeshError) {
    for skill in skills {
      guard let fault = targets.fault(inPlace: skill) else { continue }
      let path = fault.path ?? skill.reference
      switch fault.rule {
      case .missing: throw MeshError(.notFound, "'\(path)', which is locked, is not there", hint: "Restore it.")
      case .unreadable: throw MeshError(.fileError, "'\(path)' cannot be read: \(fault.found ?? "")")
      default:
        throw MeshError(
          .integrityError, "'\(path)' is not what was locked",
          hint: "Restore it. If the change is welcome: agent-mesh skills update \(skill.folder)")
      }
    }
  }
}

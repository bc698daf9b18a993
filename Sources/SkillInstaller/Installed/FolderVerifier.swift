import Skills

/// Looks whether the folder of a skill, and the links of agents to it, are what was locked.
struct FolderVerifier {
  let examination: Examination

  /// What cannot be read is a fault, so that one folder does not hide the others.
  func faults(of skill: LockedSkill) -> [Finding] {
    let targets = examination.targets
    if targets.isInPlace(skill) { return [targets.fault(inPlace: skill)].compactMap(\.self) }
    let path = "\(Agent.sharedFolder)/\(skill.folder)"
    do throws(MeshError) {
      switch try examination.entry(of: skill.folder) {
      case .missing: return [Finding(fault: .missing, at: path)]
      case .link(let text): return [Finding(fault: .notOurs, at: path, found: "a link to '\(text)'")]
      case .file: return [Finding(fault: .notOurs, at: path, found: "a file")]
      case .folder(let folder): return faults(of: skill, in: folder, at: path)
      }
    } catch {
      return [Finding(fault: .unreadable, at: path, found: error.message)]
    }
  }

  private func faults(of skill: LockedSkill, in folder: SkillFolder, at path: String) -> [Finding] {
    guard let mark = folder.mark else { return [Finding(fault: .notOurs, at: path)] }
    guard mark.reference == skill.reference, mark.isOfRegistry(of: skill) else {
      let registry = mark.registry.isEmpty ? "" : " of \(mark.registry)"
      return [Finding(fault: .otherSkill, at: path, found: mark.reference + registry)]
    }
    let agrees = mark.agrees(with: skill)
    var faults: [Finding] = []
    if !agrees, mark.locked?.version != skill.version {
      faults.append(Finding(fault: .otherVersion, at: path, found: mark.locked?.version))
    } else if !agrees, mark.digest != skill.digest {
      faults.append(Finding(fault: .otherContent, at: path))
    }
    if folder.tree != skill.treeDigest {
      if case .edited(let paths) = folder.state, paths != [OwnershipMark.fileName] {
        faults.append(Finding(fault: .edited, at: path, paths: paths))
      } else if faults.isEmpty {
        // Files and record agree with each other, and not with the lock: a record can be written by anybody.
        faults.append(Finding(fault: .otherContent, at: path))
      }
    }
    if !agrees, faults.isEmpty { faults.append(Finding(fault: .disagreement, at: path)) }
    return faults + mark.links.compactMap { fault(of: skill, linkedIn: $0) }
  }

  private func fault(of skill: LockedSkill, linkedIn folder: String) -> Finding? {
    let path = "\(folder)/\(skill.folder)"
    do throws(MeshError) {
      guard let link = try examination.link(skill.folder, in: folder) else {
        return Finding(fault: .linkMissing, at: path)
      }
      switch try link.state() {
      case .shared, .link: return nil
      case .missing: return Finding(fault: .linkMissing, at: path)
      case .copy(let mark):
        return mark.treeDigest == skill.treeDigest ? nil : Finding(fault: .copyDiffers, at: path, found: mark.version)
      case .foreign(.editedCopy(let paths)): return Finding(fault: .copyDiffers, at: path, paths: paths)
      case .foreign(.link(let text)):
        let leadsNowhere = link.folder.identity(of: skill.folder.rawValue) == nil
        return Finding(fault: leadsNowhere ? .linkBroken : .linkElsewhere, at: path, found: text)
      case .foreign(let what): return Finding(fault: .linkBlocked, at: path, found: what.description)
      }
    } catch {
      return Finding(fault: .unreadable, at: path, found: error.message)
    }
  }
}

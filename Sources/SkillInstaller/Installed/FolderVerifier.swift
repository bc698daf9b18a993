import SkillArchive
import Skills
import SystemPackage

/// Looks whether the folder of a skill, and the links of agents to it, are what was locked.
struct FolderVerifier {
  let targets: InstallTargets
  /// Nil when there is no shared folder.
  let root: Directory?

  /// What cannot be read is a fault, so that one folder does not hide the others.
  func faults(of skill: LockedSkill) -> [Finding] {
    let source = targets.sourcePath(of: skill)
    do throws(MeshError) {
      if let source { return try faults(of: skill, inPlace: source) }
      return try faultsInShared(skill)
    } catch {
      return [Finding(fault: .unreadable, at: source?.string ?? Self.path(of: skill), found: error.message)]
    }
  }

  private static func path(of skill: LockedSkill) -> String { "\(Agent.sharedFolder)/\(skill.folder)" }

  // MARK: - Folders

  private func faultsInShared(_ skill: LockedSkill) throws(MeshError) -> [Finding] {
    let (path, name) = (Self.path(of: skill), skill.folder.rawValue)
    guard let root else { return [Finding(fault: .missing, at: path)] }
    switch try root.kind(of: name) {
    case nil: return [Finding(fault: .missing, at: path)]
    case .link(let text): return [Finding(fault: .notOurs, at: path, found: "a link to '\(text)'")]
    case .file, .other: return [Finding(fault: .notOurs, at: path, found: "a file")]
    case .directory: break
    }
    let folder = try root.child(name)
    guard let mark = try OwnershipMark.read(in: folder, of: skill.folder, knowing: targets.knownFolders) else {
      return [Finding(fault: .notOurs, at: path)]
    }
    guard mark.reference == skill.reference, mark.isOfRegistry(of: skill) else {
      let registry = mark.registry.isEmpty ? "" : " of \(mark.registry)"
      return [Finding(fault: .otherSkill, at: path, found: mark.reference + registry)]
    }
    let faults = try faults(of: skill, in: folder, mark, at: path)
    return faults + mark.links.compactMap { fault(of: skill, linkedIn: $0, root) }
  }

  private func faults(
    of skill: LockedSkill, in folder: Directory, _ mark: OwnershipMark, at path: String
  ) throws(MeshError) -> [Finding] {
    var faults: [Finding] = []
    if mark.agrees(with: skill) {
      faults = []
    } else if mark.locked?.version != skill.version {
      faults.append(Finding(fault: .otherVersion, at: path, found: mark.locked?.version))
    } else if mark.digest != skill.digest {
      faults.append(Finding(fault: .otherContent, at: path))
    }
    if try InstalledContents(folder).are(skill.treeDigest) { return faults }
    if case .edited(let paths) = try SkillFolder(folder, named: skill.folder).state, paths != [OwnershipMark.fileName] {
      faults.append(Finding(fault: .edited, at: path, paths: paths))
    } else if faults.isEmpty {
      // Files and record agree with each other, and not with the lock: a record can be written by anybody.
      faults.append(Finding(fault: .otherContent, at: path))
    }
    return faults
  }

  private func faults(of skill: LockedSkill, inPlace folder: FilePath) throws(MeshError) -> [Finding] {
    let path = targets.text(of: folder)
    guard try Directory.openIfPresent(folder) != nil else { return [Finding(fault: .missing, at: path)] }
    do throws(PackError) {
      let found = try SkillPacker.pack(Self.plan(folder)).treeDigest
      return found == skill.treeDigest ? [] : [Finding(fault: .otherContent, at: path)]
    } catch {
      if case .noSkillMarkdown = error { return [Finding(fault: .missing, at: path)] }
      return [Finding(fault: .unreadable, at: path, found: "\(error)")]
    }
  }

  /// As sources are packed: what looks like a secret is reported elsewhere.
  private static func plan(_ folder: FilePath) throws(PackError) -> PackPlan {
    let plan = try PackPlan(folder: folder)
    if plan.secrets.isEmpty { return plan }
    var options = PackOptions()
    options.allowedSecrets = Set(plan.secrets.map(\.path))
    return try PackPlan(folder: folder, options: options)
  }

  // MARK: - Links

  private func fault(of skill: LockedSkill, linkedIn folder: String, _ root: Directory) -> Finding? {
    let path = "\(folder)/\(skill.folder)"
    do throws(MeshError) {
      guard let directory = try targets.open(folder)?.directory else {
        return Finding(fault: .linkMissing, at: path)
      }
      // The agent's folder may be the shared folder itself.
      if try directory.identity() == root.identity() { return nil }
      switch try directory.kind(of: skill.folder.rawValue) {
      case nil: return Finding(fault: .linkMissing, at: path)
      case .link(let text): return fault(ofLink: text, of: skill, in: directory, root, at: path)
      case .directory: return try fault(ofCopy: directory.child(skill.folder.rawValue), of: skill, at: path)
      case .file, .other: return Finding(fault: .linkBlocked, at: path, found: "a file")
      }
    } catch {
      return Finding(fault: .unreadable, at: path, found: error.message)
    }
  }

  private func fault(
    ofLink text: String, of skill: LockedSkill, in directory: Directory, _ root: Directory, at path: String
  ) -> Finding? {
    let name = skill.folder.rawValue
    guard let reached = directory.identity(of: name) else { return Finding(fault: .linkBroken, at: path, found: text) }
    return reached == root.identity(of: name) ? nil : Finding(fault: .linkElsewhere, at: path, found: text)
  }

  private func fault(ofCopy copy: Directory, of skill: LockedSkill, at path: String) throws(MeshError) -> Finding? {
    if try InstalledContents(copy).are(skill.treeDigest) { return nil }
    let folder = try SkillFolder(copy, named: skill.folder)
    switch folder.state {
    case .unmarked: return Finding(fault: .linkBlocked, at: path, found: "a folder that agent-mesh did not create")
    case .edited(let paths): return Finding(fault: .copyDiffers, at: path, paths: paths)
    case .intact: return Finding(fault: .copyDiffers, at: path, found: folder.mark?.version)
    }
  }
}

extension InstallTargets {
  /// Relative to the base where it lies below.
  fileprivate func text(of path: FilePath) -> String {
    var rest = path
    return rest.removePrefix(absoluteBase) && !rest.isEmpty ? rest.string : path.string
  }
}

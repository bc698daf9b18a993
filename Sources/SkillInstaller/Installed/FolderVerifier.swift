import RegistryClient
import SkillArchive
import Skills
import SystemPackage

/// Looks whether the folder of a skill, and the ways of agents to it, are what was locked.
struct FolderVerifier {
  let targets: InstallTargets
  /// Nil when there is no shared folder.
  let root: Directory?

  /// What cannot be read is a fault, so that one folder does not hide the others.
  func faults(of skill: LockedSkill) -> [Finding] {
    let place = targets.placeInSource(of: skill)
    do throws(MeshError) {
      if let place { return try faults(of: skill, inPlace: place) }
      return try faultsInShared(skill)
    } catch {
      return [Finding(fault: .unreadable, at: place?.string ?? Self.place(of: skill), found: error.message)]
    }
  }

  private static func place(of skill: LockedSkill) -> String { "\(Agent.sharedFolder)/\(skill.folder)" }

  // MARK: - Folders

  private func faultsInShared(_ skill: LockedSkill) throws(MeshError) -> [Finding] {
    let (place, name) = (Self.place(of: skill), skill.folder.rawValue)
    guard let root else { return [Finding(fault: .missing, at: place)] }
    switch try root.kind(of: name) {
    case nil: return [Finding(fault: .missing, at: place)]
    case .link(let text): return [Finding(fault: .notOurs, at: place, found: "a link to '\(text)'")]
    case .file, .other: return [Finding(fault: .notOurs, at: place, found: "a file")]
    case .directory: break
    }
    let folder = try root.child(name)
    guard let mark = try OwnershipMark.read(in: folder, of: skill.folder, knowing: targets.knownFolders) else {
      return [Finding(fault: .notOurs, at: place)]
    }
    guard mark.isOf(skill) else {
      let registry = mark.registry.isEmpty ? "" : " of \(mark.registry)"
      return [Finding(fault: .otherSkill, at: place, found: mark.reference + registry)]
    }
    let faults = try faults(of: skill, in: folder, mark, at: place)
    return faults + mark.links.compactMap { fault(of: skill, linkedIn: $0, root) }
  }

  private func faults(
    of skill: LockedSkill, in folder: Directory, _ mark: OwnershipMark, at place: String
  ) throws(MeshError) -> [Finding] {
    var faults: [Finding] = []
    // Of a source with the very same content it does not matter by which commit it came.
    if skill.source != nil, mark.digest == skill.digest {
      faults = []
    } else if mark.locked?.version != skill.version {
      faults.append(Finding(fault: .otherVersion, at: place, found: mark.locked?.version))
    } else if mark.digest != skill.digest {
      faults.append(Finding(fault: .otherContent, at: place))
    }
    if try InstalledContents(folder).are(skill.treeDigest) { return faults }
    if case .edited(let paths) = try SkillFolder(folder, named: skill.folder).state, paths != [OwnershipMark.fileName] {
      faults.append(Finding(fault: .edited, at: place, paths: paths))
    } else if faults.isEmpty {
      // Files and record agree with each other, and not with the lock: a record can be written by anybody.
      faults.append(Finding(fault: .otherContent, at: place))
    }
    return faults
  }

  private func faults(of skill: LockedSkill, inPlace folder: FilePath) throws(MeshError) -> [Finding] {
    let place = targets.text(of: folder)
    guard try Directory.openIfPresent(folder) != nil else { return [Finding(fault: .missing, at: place)] }
    do throws(PackError) {
      let found = try SkillPacker.pack(Self.plan(folder)).treeDigest
      return found == skill.treeDigest ? [] : [Finding(fault: .otherContent, at: place)]
    } catch {
      if case .noSkillMarkdown = error { return [Finding(fault: .missing, at: place)] }
      return [Finding(fault: .unreadable, at: place, found: "\(error)")]
    }
  }

  /// As sources are packed: what looks like a secret is told of elsewhere.
  private static func plan(_ folder: FilePath) throws(PackError) -> PackPlan {
    let plan = try PackPlan(folder: folder)
    if plan.secrets.isEmpty { return plan }
    var options = PackOptions()
    options.allowedSecrets = Set(plan.secrets.map(\.path))
    return try PackPlan(folder: folder, options: options)
  }

  // MARK: - Links

  private func fault(of skill: LockedSkill, linkedIn folder: String, _ root: Directory) -> Finding? {
    let place = "\(folder)/\(skill.folder)"
    do throws(MeshError) {
      guard let directory = try Directory.openIfPresent(targets.path(of: folder)) else {
        return Finding(fault: .linkMissing, at: place)
      }
      // The agent's folder may be the shared folder itself.
      if try directory.identity() == root.identity() { return nil }
      switch try directory.kind(of: skill.folder.rawValue) {
      case nil: return Finding(fault: .linkMissing, at: place)
      case .link(let text): return fault(ofLink: text, of: skill, in: directory, root, at: place)
      case .directory: return try fault(ofCopy: directory.child(skill.folder.rawValue), of: skill, at: place)
      case .file, .other: return Finding(fault: .linkBlocked, at: place, found: "a file")
      }
    } catch {
      return Finding(fault: .unreadable, at: place, found: error.message)
    }
  }

  private func fault(
    ofLink text: String, of skill: LockedSkill, in directory: Directory, _ root: Directory, at place: String
  ) -> Finding? {
    let name = skill.folder.rawValue
    guard let reached = directory.identity(of: name) else { return Finding(fault: .linkBroken, at: place, found: text) }
    return reached == root.identity(of: name) ? nil : Finding(fault: .linkElsewhere, at: place, found: text)
  }

  private func fault(ofCopy copy: Directory, of skill: LockedSkill, at place: String) throws(MeshError) -> Finding? {
    if try InstalledContents(copy).are(skill.treeDigest) { return nil }
    let folder = try SkillFolder(copy, named: skill.folder)
    switch folder.state {
    case .unmarked: return Finding(fault: .linkBlocked, at: place, found: "a folder that agent-mesh did not create")
    case .edited(let paths): return Finding(fault: .copyDiffers, at: place, paths: paths)
    case .intact: return Finding(fault: .copyDiffers, at: place, found: folder.mark?.version)
    }
  }
}

extension OwnershipMark {
  /// Whether it is of the same skill, which belongs to the registry that it came from.
  fileprivate func isOf(_ skill: LockedSkill) -> Bool {
    guard reference == skill.reference else { return false }
    guard let other = skill.registry, let address = try? RegistryAddress(parsing: other) else { return true }
    return (try? RegistryAddress(parsing: registry)) == address
  }
}

extension InstallTargets {
  /// Relative to the base where it lies below.
  fileprivate func text(of place: FilePath) -> String {
    var rest = place
    return rest.removePrefix(absoluteBase) && !rest.isEmpty ? rest.string : place.string
  }
}

import Skills

/// Compares what `skills.json` and `skills.lock` say, what our records say, and what is there.
struct RecordChecks {
  let examination: Examination

  func findings() -> [FixableFinding] {
    unreadable() + unknownAgents() + disagreements() + locked() + records()
  }

  private func unreadable() -> [FixableFinding] {
    var found: [FixableFinding] = []
    if case .failure(let error) = examination.manifest {
      found.append(Self.unreadable(ProjectManifest.fileName, error))
    }
    if case .failure(let error) = examination.lock { found.append(Self.unreadable(Lockfile.fileName, error)) }
    return found
  }

  private static func unreadable(_ name: String, _ error: MeshError) -> FixableFinding {
    .unreadable(at: name, error, else: "Correct it, or take it from the last commit")
  }

  private func unknownAgents() -> [FixableFinding] {
    (examination.readManifest?.agents ?? []).compactMap { id in
      do throws(MeshError) {
        _ = try Agent.named(id)
        return nil
      } catch {
        return FixableFinding(
          .unknownAgent, .error, at: ProjectManifest.fileName, error.message,
          why: "Skills cannot be linked for an agent whose folder is not known.",
          remedy: error.hint ?? "Correct the name. See: agent-mesh skills targets --all")
      }
    }
  }

  private func disagreements() -> [FixableFinding] {
    let remedy =
      examination.readManifest == nil
      ? "Take \(ProjectManifest.fileName) from the last commit" : "Run: agent-mesh skills install"
    return examination.disagreements.map { sentence in
      FixableFinding(
        .disagreement, .error, at: Lockfile.fileName, sentence, why: "A frozen installation fails.", remedy: remedy)
    }
  }

  /// What is locked, and not installed or not as it was locked.
  private func locked() -> [FixableFinding] {
    // What is read where it lies is not installed anywhere.
    (examination.readLock?.skills ?? []).filter { !examination.targets.isInPlace($0) }.compactMap(fault)
  }

  private func fault(of skill: LockedSkill) -> FixableFinding? {
    let path = "\(Agent.sharedFolder)/\(skill.folder)"
    let name = "\(skill.reference)\(skill.version.map { "@\($0)" } ?? "")"
    do throws(MeshError) {
      guard case .folder(let folder) = try examination.entry(of: skill.folder), let mark = folder.mark else {
        return Self.disagreement(path, "\(name) is locked, and not installed")
      }
      if folder.tree == skill.treeDigest, !mark.agrees(with: skill) {
        return FixableFinding(
          .disagreement, .error, at: path, "its files are those of \(name), and its record is that of another version",
          why: "A frozen installation and 'verify' go by both.", fix: .recording(skill))
      }
      guard mark.digest == skill.digest else {
        return Self.disagreement(path, "\(name) is locked, and something else is installed")
      }
      guard folder.tree != skill.treeDigest else { return nil }
      return Self.disagreement(
        path, "\(name) was edited since it was installed", why: "A frozen installation fails, and updates pass it by.",
        remedy: "Keep your changes elsewhere, and undo them: agent-mesh skills install --force")
    } catch {
      return Self.unreadable(path, error)
    }
  }

  private static func disagreement(
    _ path: String, _ message: String, why: String = "", remedy: String = "Run: agent-mesh skills install"
  ) -> FixableFinding {
    FixableFinding(.disagreement, .error, at: path, message, why: why, remedy: remedy)
  }

  private func records() -> [FixableFinding] {
    examination.installed.compactMap { skill in
      let path = "\(Agent.sharedFolder)/\(skill.slug)"
      if let mark = skill.mark {
        guard let lock = examination.readLock, let slug = try? SkillSlug(parsing: skill.slug), lock[slug] == nil else {
          return nil
        }
        return Self.unlocked(mark, path, skill.slug)
      }
      do throws(MeshError) {
        guard let shared = examination.shared?.directory, try shared.kind(of: skill.slug) == .directory else {
          return nil
        }
        let folder = try shared.child(skill.slug)
        guard try folder.kind(of: OwnershipMark.fileName) != nil else { return nil }
        return try OwnershipMark.isNewer(in: folder) ? Self.newer(path) : Self.misplaced(path)
      } catch {
        return Self.unreadable(path, error)
      }
    }
  }

  private static func newer(_ path: String) -> FixableFinding {
    FixableFinding(
      .unreadable, .warning, at: path, "it was installed by a newer agent-mesh",
      why: "This one takes it for a folder that somebody made by hand.", remedy: "Update agent-mesh")
  }

  private static func unlocked(_ mark: OwnershipMark, _ path: String, _ slug: String) -> FixableFinding {
    FixableFinding(
      .orphanedRecord, .warning, at: path,
      "\(mark.reference) was installed here, and \(Lockfile.fileName) does not know it",
      why: "It is neither verified nor updated, and others do not get it.",
      remedy: "Run: agent-mesh skills install \(mark.reference), or: agent-mesh skills remove \(slug)")
  }

  private static func misplaced(_ path: String) -> FixableFinding {
    FixableFinding(
      .orphanedRecord, .warning, at: path,
      "its \(OwnershipMark.fileName) is that of another folder, or cannot be read",
      why: "The folder was renamed or copied, and agent-mesh takes it for one that somebody made by hand.",
      remedy: "Rename the folder back, or delete its \(OwnershipMark.fileName) to keep it as your own")
  }
}

import Skills

/// Everything of one change, complete and checked, before the first of it is put in place.
struct StagedChange: Sendable {
  /// A skill that is to go.
  struct Removal: Sendable {
    let slug: SkillSlug
    /// Folders from which it is linked.
    let links: [String]
    let keepsBackup: Bool
    /// Whether what somebody made or edited in the place of a link goes to the backups, too.
    var isForced = false
    let staging: Staging
  }

  /// Links to a skill whose folder is gone.
  struct DeadLinks: Sendable {
    let slug: SkillSlug
    let folders: [String]
  }

  var skills: [StagedSkill] = []
  var removals: [Removal] = []
  var deadLinks: [DeadLinks] = []
  var files: [FileReplacement] = []

  func transaction(in root: SkillsRoot, _ targets: InstallTargets) throws(MeshError) -> Transaction {
    let copies = targets.copies
    var steps: [Transaction.Step] = []
    for skill in skills {
      let isPlaced = skill.content == .folder
      steps.append(
        Transaction.Step(
          kind: isPlaced ? .place : .mark, slug: skill.slug.rawValue, staging: skill.staging.name,
          identity: isPlaced ? skill.staging.work.fingerprint(of: skill.staging.entry(.skill).name) : nil,
          links: skill.decision.plan.links, isForced: skill.decision.isForced, makesCopies: copies))
    }
    for removal in removals {
      steps.append(
        Transaction.Step(
          kind: .remove, slug: removal.slug.rawValue, staging: removal.staging.name,
          identity: root.directory.fingerprint(of: removal.slug.rawValue), links: removal.links, isForced: false,
          makesCopies: copies))
    }
    return Transaction(
      root: root.directory.fingerprint() ?? "",
      state: try Directory.openIfPresent(targets.stateFolder)?.fingerprint(), steps: steps,
      files: files.map { file in
        Transaction.File(
          name: file.name, text: file.new.map { String(decoding: $0, as: UTF8.self) },
          old: file.old.map { Digest(of: $0) })
      })
  }
}

import FileSystem
import HTTPTransport
import Skills
import SystemPackage

/// Reads skills from anywhere: folders, archives, git repositories and sites with a skills index.
///
/// One reader serves one command, which sees every repository, archive and index in one state: each is fetched once,
/// whatever is asked of it. Nothing that a source holds is run, followed or written to disk as a file of its own:
/// everything becomes canonical archives in memory, after it was checked. Downloads and git's objects lie in private
/// folders that go with the reader.
package struct SourceReader: Sendable {
  /// Of so many archives the files are kept in memory, and of so many addresses what they deliver on disk.
  private static let keptArchives = 8
  private static let keptDownloads = 64
  private static let keptIndexes = 100

  /// Absolute.
  let project: FilePath
  let transport: HTTPTransport
  let temporary: FilePath
  /// For finding the index of a site.
  var indexBudget = WellKnownIndex.budget
  private let checkouts: GitCheckouts
  private let archives = SharedResults<String, FoundSkills>(keeping: keptArchives)
  private let downloads = SharedResults<String, ScratchFolder>(keeping: keptDownloads)
  private let indexes = SharedResults<String, WellKnownIndex>(keeping: keptIndexes)

  /// - Parameters:
  ///   - project: What relative paths of sources begin at.
  ///   - environment: Of the process. git sees of it where its programs, keys and proxies are, and nothing else.
  ///   - temporary: The folder of temporary files.
  ///   - sources: What is likely to be asked for, one after the other: such skills of one repository are read together.
  package init(
    project: FilePath, transport: HTTPTransport, environment: [String: String], temporary: FilePath,
    expecting sources: [SkillSource] = []
  ) {
    self.project = FilePath.workingDirectory.pushing(project)
    self.transport = transport
    self.temporary = temporary
    checkouts = GitCheckouts(environment: environment, temporary: temporary, expecting: sources)
  }

  /// Every skill that is there, sorted by folder.
  ///
  /// What is refused among others is left out, and reported by `survey`.
  ///
  /// - Throws: `not_found`, which says what was looked for; the reason of the first refusal when nothing else is there.
  package func list(_ source: SkillSource) async throws(MeshError) -> [SourcedSkill] {
    let listing = try await survey(source)
    if listing.skills.isEmpty, let first = listing.refused.first { throw first.reason }
    return listing.skills
  }

  /// Every skill that is there, and everything that would be one but was refused.
  ///
  /// - Parameter names: Entries of a site that alone are wanted, so that no others are fetched; empty, or with a name
  ///   that the site does not list, for all. Other sources are read as a whole.
  /// - Throws: `not_found` when there is neither.
  package func survey(
    _ source: SkillSource, only names: Set<String> = []
  ) async throws(MeshError) -> SourceListing {
    var listing = SourceListing()
    if case .git(let url, let ref, let folder) = source {
      let git = try GitSource(url: url, ref: ref, folder: folder)
      let checkout = try await checkouts.checkout(of: git, locked: nil)
      try await checkout.forEachChunk(below: git.folder, of: git) { await listing.add($0) }
    } else {
      await listing.add(try await find(source, only: names))
    }
    guard listing.skills.isEmpty, listing.refused.isEmpty else { return listing }
    throw MeshError(
      .notFound, "there is no skill at \(source.description, limit: 300)",
      hint: "A skill is a folder with a SKILL.md; \(SkillFolders.maximumDepth) levels of folders were searched.")
  }

  /// The one skill at a source that names one; of a source with several that of the folder's name.
  package func skill(at source: SkillSource, as folder: SkillSlug) async throws(MeshError) -> SourcedSkill {
    try await find(source).skill(at: source, as: folder).packed()
  }

  /// Exactly what was locked.
  ///
  /// - Throws: `integrity_error` with both tree digests when the source holds something else now.
  package func fetch(_ locked: LockedSkill) async throws(MeshError) -> SourcedSkill {
    guard let source = locked.source else {
      throw MeshError(.invalidRequest, "'\(locked.reference)' comes from a registry")
    }
    do {
      return try await find(source, commit: locked.commit).matching(locked).packed()
    } catch {
      guard error.code == .notFound, let commit = locked.commit, case .git(let url, let ref, let folder) = source,
        try await isGone(commit, try GitSource(url: url, ref: ref, folder: folder))
      else { throw error.offeringRemoval(of: locked.folder) }
      let unpinned = SkillSource.git(url: url, ref: nil, folder: folder)
      throw MeshError(
        .notFound,
        "the commit \(commit.prefix(12)) of '\(locked.folder)' in skills.lock is no longer at \(url, limit: 200)",
        hint: ref == commit
          ? "Take what is there now: agent-mesh skills add '\(unpinned, limit: SkillSource.maximumBytes)'"
          : "Take what is there now: agent-mesh skills update \(locked.folder)")
    }
  }

  /// What the source of a locked skill holds now: the very entry when that is the same, and can still be fetched.
  ///
  /// - Returns: the archive, too, when it is another one.
  package func newest(
    of locked: LockedSkill, at source: SkillSource
  ) async throws(MeshError) -> (skill: LockedSkill, changed: SourcedSkill?) {
    let found: FoundSkill
    do {
      found = try await find(source).skill(at: source, as: locked.folder)
    } catch {
      throw error.offeringRemoval(of: locked.folder)
    }
    guard found.treeDigest == locked.treeDigest else {
      let packed = try found.packed()
      return (packed.locked(as: locked.folder), packed)
    }
    guard let former = locked.commit, let commit = found.location.commit, former != commit,
      case .git(let url, let ref, let folder) = source
    else { return (locked, nil) }
    let git = try GitSource(url: url, ref: ref, folder: folder)
    let checkout = try await checkouts.checkout(of: git, locked: nil)
    // A commit that changed nothing of it is none to move to, unless the history of the locked one was replaced.
    if try await checkouts.isThere(former, of: git, beside: checkout) { return (locked, nil) }
    return (locked.moved(to: commit), nil)
  }

  private func isGone(_ commit: String, _ source: GitSource) async throws(MeshError) -> Bool {
    do {
      _ = try await checkouts.checkout(of: source, locked: commit)
      return false
    } catch {
      if error.code == .notFound { return true }
      throw error
    }
  }

  /// - Parameters:
  ///   - commit: The locked one; nil for what a reference names now.
  ///   - names: As `survey` has them.
  private func find(
    _ source: SkillSource, commit: String? = nil, only names: Set<String> = []
  ) async throws(MeshError) -> FoundSkills {
    if let (archive, name) = source.member {
      var found = try await find(archive)
      try found.choose(name, of: source)
      return found
    }
    switch source {
    case .path(let text):
      let local = LocalSource(text: text, project: project)
      if !SkillSource.isNamedLikeArchive(text) { return try local.read() }
      return try await archives.value(of: source.description) { () async throws(MeshError) in try local.read() }
    case .archive(let url):
      return try await download(url, limit: ArchiveDownload.maximumBytes)
    case .git(let url, let ref, let folder):
      let git = try GitSource(url: url, ref: ref, folder: folder)
      return try await checkouts.checkout(of: git, locked: commit).skills(below: git.folder, of: git)
    case .wellKnown(let site, let name):
      return try await read(site: site, name.isEmpty ? names : [name], isNamed: !name.isEmpty)
    }
  }

  /// A site with an index, or where there is none what lies at the address itself.
  private func read(
    site: String, _ names: Set<String>, isNamed: Bool
  ) async throws(MeshError) -> FoundSkills {
    do {
      let index = try await indexes.value(of: site) { () async throws(MeshError) in
        try await WellKnownIndex.find(try WellKnownAddress(parsing: site), transport, budget: indexBudget)
      }
      return try await WellKnownSite(index, transport: transport).read(names, isNamed: isNamed)
    } catch {
      guard error.code == .notFound, !isNamed,
        let direct = try? await download(site, limit: ArchiveDownload.unnamedBytes)
      else { throw error }
      return direct
    }
  }

  private func download(_ url: String, limit: Int) async throws(MeshError) -> FoundSkills {
    try await archives.value(of: url) { () async throws(MeshError) in
      let folder = try await downloads.value(of: url) { () async throws(MeshError) in
        let folder = try ScratchFolder(in: temporary)
        let download = ArchiveDownload(url: url, transport: transport, limit: limit)
        try await download.save(to: folder.path.appending(Self.downloadName))
        return folder
      }
      return try withExtendedLifetime(folder) { () throws(MeshError) in
        let file = folder.path.appending(Self.downloadName)
        return try DownloadedFile(path: file, source: .archive(url: url)).read()
      }
    }
  }

  private static let downloadName = "archive"
}

extension MeshError {
  /// Names the way out for a skill that is no longer at its source, where the hint names no other command.
  fileprivate func offeringRemoval(of folder: SkillSlug) -> MeshError {
    guard code == .notFound, hint?.hasSuffix(".") != false else { return self }
    let before: Message = hint.map { "\(trusted: $0) " } ?? ""
    return with(hint: "\(before)If it is gone for good, give it up: agent-mesh skills remove \(folder)")
  }
}

extension LockedSkill {
  /// The same content, as another commit has it.
  fileprivate func moved(to commit: String) -> LockedSkill {
    guard case .source(let source, _, let version) = origin else { return self }
    var skill = self
    skill.origin = .source(source, commit: commit, version: version)
    return skill
  }
}

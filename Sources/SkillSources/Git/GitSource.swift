import SkillArchive
import Skills
import SystemPackage

/// Skills in a git repository.
struct GitSource: Sendable {
  /// Of git's work for one reading.
  static let budget = Duration.seconds(120)
  /// Of all files of the skills in one repository.
  static let maximumBytes = 200 << 20
  /// How much is read from git at once.
  private static let chunkBytes = 32 << 20

  private let url: String
  private let ref: GitReference?
  private let folder: String
  private let environment: [String: String]
  private let protocols: [String]
  private let budget: Duration

  /// - Throws: `usage` for an address or a reference that git is not given.
  init(
    url: String, ref: String?, folder: String?, environment: [String: String], budget: Duration = Self.budget
  ) throws(MeshError) {
    protocols = [try GitAddress.protocolName(of: url)]
    self.environment = environment
    self.budget = budget
    self.url = url
    self.folder = folder ?? ""
    self.ref = try ref.map { (text) throws(MeshError) in try GitReference(parsing: text) }
  }

  /// - Parameters:
  ///   - commit: The locked one; nil for what the reference names now.
  ///   - place: An empty folder for git's objects.
  /// - Throws: `configuration_error` without git; `network_error` for what cannot be fetched.
  func read(commit: String?, in place: FilePath) async throws(MeshError) -> SourceListing {
    let (repository, commit) = try await open(commit, in: place)
    let authorship = try await repository.authorship(of: commit)
    let tree = try await GitTree(of: commit, below: folder, in: repository)
    var listing = SourceListing()
    if tree.skills.count == SkillFolders.maximumFolders { listing.refuse("", FolderSearch.cutShort) }
    var left = Self.maximumBytes
    var waiting: [GitTree.Skill] = []
    for skill in tree.skills {
      do throws(MeshError) {
        try skill.check()
        left -= skill.size
        guard left >= 0 else {
          throw MeshError(.payloadTooLarge, "the skills of \(url) have more than \(Self.maximumBytes) bytes")
        }
        waiting.append(skill)
      } catch {
        listing.refuse(skill.folder, error)
      }
      if waiting.reduce(0, { $0 + $1.size }) > Self.chunkBytes {
        try await read(waiting, of: commit, in: repository, into: &listing)
        waiting = []
      }
    }
    try await read(waiting, of: commit, in: repository, into: &listing)
    listing.attribute(to: authorship)
    return listing
  }

  private func open(
    _ locked: String?, in place: FilePath
  ) async throws(MeshError) -> (repository: GitRepository, commit: String) {
    if let locked, !GitCommit.isWhole(locked) {
      throw MeshError(.lockMismatch, "'\(TerminalText.escaped(locked, limit: 80))' in skills.lock is not a commit")
    }
    let id = locked ?? ref?.name ?? ""
    let isLong = GitCommit.isWhole(id) && id.utf8.count == 64
    let git = try GitProgram(environment: environment, protocols: protocols, budget: budget, home: place)
    let formats: [GitRepository.Format] = isLong ? [.long] : [.short, .long]
    for format in formats {
      let repository = GitRepository(git: git, url: url, folder: place.appending(format.rawValue))
      try await repository.create(format)
      if let commit = try await repository.obtain(ref, locked: locked) { return (repository, commit) }
    }
    throw MeshError(
      .networkError, "\(TerminalText.escaped(url, limit: 200)) makes its ids in a way that git does not know here")
  }

  private func read(
    _ skills: [GitTree.Skill], of commit: String, in repository: GitRepository, into listing: inout SourceListing
  ) async throws(MeshError) {
    if skills.isEmpty { return }
    var blobs = try await GitBlobs(of: skills.flatMap(\.entries), in: repository)
    for skill in skills {
      listing.add(at: skill.folder) { () throws(MeshError) in
        let files = try skill.files { (entry) throws(MeshError) in try blobs.next(entry) }
        return try FileTree.skill(of: files, at: place(of: skill, commit))
      }
    }
  }

  private func place(of skill: GitTree.Skill, _ commit: String) -> SkillLocation {
    let folder = [folder, skill.folder].filter { !$0.isEmpty }.joined(separator: "/")
    let name = folder.isEmpty ? Self.name(of: url) : folder.split(separator: "/").last.map(String.init)
    return SkillLocation(
      source: .git(url: url, ref: ref?.name, folder: folder.isEmpty ? nil : folder), commit: commit, folderName: name)
  }

  /// What the repository is called.
  private static func name(of url: String) -> String? {
    guard let last = url.split(separator: "/").last else { return nil }
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : String(last)
  }
}

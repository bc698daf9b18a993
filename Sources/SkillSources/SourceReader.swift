import Foundation
import HTTPTransport
import Skills
import SystemPackage

/// Reads skills from anywhere: folders, archives, git repositories and sites with a skills index.
///
/// Nothing that a source holds is run, followed or written to disk as a file of its own: everything becomes canonical
/// archives in memory, after it was checked. `scratch` holds downloads and git's object files while they are needed.
package struct SourceReader: Sendable {
  /// Absolute.
  let project: FilePath
  let transport: HTTPTransport
  let environment: [String: String]
  let scratch: FilePath
  /// For finding the index of a site.
  var indexBudget = WellKnownIndex.budget

  /// - Parameters:
  ///   - project: What relative paths of sources begin at.
  ///   - environment: Of the process. git sees of it where its programs, keys and proxies are, and nothing else.
  ///   - scratch: A private folder that exists; what is made in it is removed before a call returns.
  package init(
    project: FilePath, transport: HTTPTransport, environment: [String: String], scratch: FilePath
  ) {
    self.project = FilePath(FileManager.default.currentDirectoryPath).pushing(project)
    self.transport = transport
    self.environment = environment
    self.scratch = scratch
  }

  /// Every skill that is there, sorted by folder.
  ///
  /// What is refused among others is left out, and told by `survey`.
  ///
  /// - Throws: `not_found`, which says what was looked for; the reason of the first refusal when nothing else is there.
  package func list(_ source: SkillSource) async throws(MeshError) -> [SourcedSkill] {
    let listing = try await survey(source)
    if listing.skills.isEmpty, let first = listing.refused.first { throw first.reason }
    return listing.skills
  }

  /// Every skill that is there, and everything that would be one but was refused.
  ///
  /// - Parameter names: Entries of a site that alone are wanted, so that no others are fetched; empty, or with a name that
  ///   the site does not list, for all. Other sources are read as a whole.
  /// - Throws: `not_found` when there is neither.
  package func survey(
    _ source: SkillSource, only names: Set<String> = []
  ) async throws(MeshError) -> SourceListing {
    let listing =
      try await source.member == nil
      ? all(of: source, commit: nil, only: names) : read(source, commit: nil)
    guard listing.skills.isEmpty, listing.refused.isEmpty else { return listing }
    throw MeshError(
      .notFound, "there is no skill at \(TerminalText.escaped(source.description, limit: 300))",
      hint: "A skill is a folder with a SKILL.md; \(SkillFolders.maximumDepth) levels of folders were searched.")
  }

  /// Exactly what was locked.
  ///
  /// - Throws: `integrity_error` with both tree digests when the source holds something else now.
  package func fetch(_ locked: LockedSkill) async throws(MeshError) -> SourcedSkill {
    guard case .source(let source, let commit, _) = locked.origin else {
      throw MeshError(.invalidRequest, "'\(locked.reference)' comes from a registry")
    }
    return try await read(source, commit: commit).matching(locked)
  }

  private func read(_ source: SkillSource, commit: String?) async throws(MeshError) -> SourceListing {
    guard let (archive, name) = source.member else { return try await all(of: source, commit: commit, only: []) }
    var listing = try await all(of: archive, commit: nil, only: [])
    try listing.choose(name, of: source)
    return listing
  }

  private func all(
    of source: SkillSource, commit: String?, only names: Set<String>
  ) async throws(MeshError) -> SourceListing {
    switch source {
    case .path(let text):
      return try LocalSource(text: text, project: project).read()
    case .archive(let url):
      return try await download(url, limit: ArchiveDownload.maximumBytes)
    case .git(let url, let ref, let folder):
      let git = try GitSource(url: url, ref: ref, folder: folder, environment: environment)
      return try await withScratch("git") { (place) async throws(MeshError) in
        try await git.read(commit: commit, in: place)
      }
    case .wellKnown(let site, let name):
      return try await read(site: site, name.isEmpty ? names : [name], isNamed: !name.isEmpty)
    }
  }

  /// A site with an index, or where there is none what lies at the address itself.
  private func read(
    site: String, _ names: Set<String>, isNamed: Bool
  ) async throws(MeshError) -> SourceListing {
    do {
      return try await WellKnownSite(site, transport: transport, budget: indexBudget).read(names, isNamed: isNamed)
    } catch {
      guard error.code == .notFound, !isNamed,
        let direct = try? await download(site, limit: ArchiveDownload.unnamedBytes)
      else { throw error }
      return direct
    }
  }

  private func download(_ url: String, limit: Int) async throws(MeshError) -> SourceListing {
    try await withScratch("download") { (place) async throws(MeshError) in
      let file = place.appending("archive")
      try await ArchiveDownload(url: url, transport: transport, limit: limit).save(to: file)
      return try DownloadedFile(path: file, source: .archive(url: url)).read()
    }
  }

  /// Runs `body` with a new folder, which is gone when this returns.
  private func withScratch<Value: Sendable>(
    _ purpose: String, _ body: (FilePath) async throws(MeshError) -> Value
  ) async throws(MeshError) -> Value {
    let place = scratch.appending("\(purpose)-\(UUID().uuidString.lowercased())")
    do {
      try FileManager.default.createDirectory(
        atPath: place.string, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw MeshError(.fileError, "cannot make the folder '\(place)': \(error.localizedDescription)")
    }
    // What cannot be removed now is removed with the scratch folder itself.
    defer { try? FileManager.default.removeItem(atPath: place.string) }
    return try await body(place)
  }
}

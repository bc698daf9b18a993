import Skills
import SystemPackage

/// The repositories that one command reads, each fetched once for a commit however many skills are in it.
struct GitCheckouts: Sendable {
  /// Of git's work for one fetch and what is read of it.
  static let budget = Duration.seconds(120)
  /// Results that are kept, each with a folder on disk; a checkout by a reference takes two.
  private static let limit = 32

  private struct Key: Hashable {
    var url: String
    /// A commit, or what a reference is called; nil for the default branch.
    var state: String?
  }

  let environment: [String: String]
  let temporary: FilePath
  let budget: Duration
  /// Folders by address, in the order in which they are likely to be asked for.
  private let expected: [String: [String]]
  private let checkouts = SharedResults<Key, GitCheckout>(keeping: limit)
  private let presences = SharedResults<Key, Bool>(keeping: 1_000)

  /// - Parameters:
  ///   - environment: Of the process; only what `GitEnvironment` names is handed on.
  ///   - temporary: Where a private folder is made for each.
  ///   - sources: What is likely to be asked for, one after the other.
  init(
    environment: [String: String], temporary: FilePath, budget: Duration = Self.budget, expecting sources: [SkillSource]
  ) {
    self.environment = environment
    self.temporary = temporary
    self.budget = budget
    expected = sources.reduce(into: [:]) { expected, source in
      if case .git(let url, _, let folder?) = source { expected[url, default: []].append(folder) }
    }
  }

  /// - Parameter locked: A commit; nil for what the reference of the source names now.
  /// - Throws: `configuration_error` without git; `not_found` for a commit or a reference that is not there;
  ///   `network_error` for what cannot be fetched.
  func checkout(of source: GitSource, locked: String?) async throws(MeshError) -> GitCheckout {
    if let locked, !GitCommit.isWhole(locked) {
      throw MeshError(.lockMismatch, "'\(locked, limit: 80)' in skills.lock is not a commit")
    }
    let key = Key(url: source.url, state: locked ?? source.ref?.name)
    let checkout = try await checkouts.value(of: key) { () async throws(MeshError) in
      try await fetch(source, locked: locked)
    }
    // Who asks for that commit by its id gets the same.
    checkouts.keep(checkout, as: Key(url: source.url, state: checkout.commit))
    return checkout
  }

  /// Whether a commit can still be fetched: a history may have been replaced.
  ///
  /// - Parameter checkout: Another commit of the same source.
  func isThere(_ commit: String, of source: GitSource, beside checkout: GitCheckout) async throws(MeshError) -> Bool {
    if checkout.commit == commit { return true }
    return try await presences.value(of: Key(url: source.url, state: commit)) { () async throws(MeshError) in
      do throws(MeshError) {
        return try await checkout.repository.renewed().obtain(source.ref, locked: commit) != nil
      } catch {
        if error.code == .notFound { return false }
        throw error
      }
    }
  }

  private func fetch(_ source: GitSource, locked: String?) async throws(MeshError) -> GitCheckout {
    let folder = try ScratchFolder(in: temporary)
    let id = locked ?? source.ref?.name ?? ""
    let isLong = GitCommit.isWhole(id) && id.utf8.count == 64
    let git = try GitProgram(
      environment: environment, protocols: [source.protocolName], budget: budget, home: folder.path)
    let formats: [GitRepository.Format] = isLong ? [.long] : [.short, .long]
    for format in formats {
      let repository = GitRepository(git: git, url: source.url, folder: folder.path.appending(format.rawValue))
      try await repository.create(format)
      guard let commit = try await repository.obtain(source.ref, locked: locked) else { continue }
      return try await GitCheckout(repository, at: commit, in: folder, expecting: expected[source.url] ?? [])
    }
    throw MeshError(
      .networkError,
      "\(source.url, limit: 200) uses an object format that this git does not know")
  }
}

import FoundationSubset
import Skills
import SystemPackage

/// A bare repository in the scratch folder, filled from one address.
///
/// There is no working tree: files are read out of the object store, so no filter sees them and no path of theirs ever
/// exists on disk.
struct GitRepository: Sendable {
  private static let wanted = "refs/mesh/wanted"
  /// Commits behind a branch that are looked through for a locked one which the server does not give by its id.
  private static let depths = [50, 500, 5_000]

  /// What the ids are made with; a repository has one of them, and git brings nothing over from the other.
  enum Format: String, Sendable {
    /// 40 digits.
    case short = "sha1"
    /// 64 digits.
    case long = "sha256"
  }

  private(set) var git: GitProgram
  /// For messages.
  let url: String
  let folder: FilePath

  /// The same with all of git's time ahead.
  func renewed() -> GitRepository {
    var repository = self
    repository.git = git.renewed()
    return repository
  }

  /// Makes the empty repository.
  func create(_ format: Format) async throws(MeshError) {
    let made = try await git.run([
      "init", "--bare", "--quiet", "--template=", "--object-format=\(format.rawValue)", "--", folder.string,
    ])
    guard made.isSuccess else {
      throw MeshError(.fileError, "git cannot make a repository in '\(folder)': \(made.errorText)")
    }
  }

  /// Brings a commit here: the locked one, or what `ref` names, or the head of the default branch.
  ///
  /// - Returns: the commit in full; nil when the ids of the repository use the other hash algorithm.
  func obtain(_ ref: GitReference?, locked: String?) async throws(MeshError) -> String? {
    if let locked { return try await obtain(commit: locked, near: ref) }
    if let ref, ref.isCommit { return try await obtain(commit: ref.name, near: nil) }
    let outcome = try await fetch(ref?.name ?? "HEAD", depth: 1)
    if outcome.isSuccess { return try await commit(of: Self.wanted) }
    if outcome.isOfOtherFormat { return nil }
    throw failure(ref.map { "'\($0.name)'" } ?? "the default branch", outcome)
  }

  /// Runs a command of git in this repository that must succeed.
  func read(_ arguments: [String], input: [UInt8] = [], limit: Int) async throws(MeshError) -> [UInt8] {
    let outcome = try await git.run(at + arguments, input: input, limit: limit)
    guard outcome.isSuccess else {
      throw MeshError(.internalError, "git \(arguments[0]) failed: \(outcome.errorText)")
    }
    return outcome.output
  }

  private var at: [String] { ["--git-dir=\(folder.string)"] }

  private func obtain(commit: String, near ref: GitReference?) async throws(MeshError) -> String? {
    var outcome = try await fetch(commit, depth: 1)
    if outcome.isSuccess { return try await self.commit(of: Self.wanted) }
    if outcome.isOfOtherFormat { return nil }
    let name = ref.flatMap { $0.isCommit ? nil : $0.name } ?? "HEAD"
    for depth in [1] + Self.depths {
      outcome = try await fetch(name, depth: depth)
      guard outcome.isSuccess else { break }
      if try await git.run(at + ["cat-file", "-e", "\(commit)^{commit}"]).isSuccess { return commit }
    }
    throw failure("the commit \(commit)", outcome)
  }

  private func fetch(_ name: String, depth: Int) async throws(MeshError) -> GitProgram.Outcome {
    try await git.run(
      at + [
        "fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--depth=\(depth)", "--",
        GitAddress.remote(url), "+\(name):\(Self.wanted)",
      ])
  }

  private func commit(of name: String) async throws(MeshError) -> String {
    let output = try await read(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"], limit: 1 << 10)
    let text = String(decoding: output, as: UTF8.self).prefix { !$0.isNewline }
    guard GitCommit.isWhole(String(text)) else {
      throw MeshError(.internalError, "git names no commit for what it fetched")
    }
    return String(text)
  }

  /// When and by whom a commit was made; nil for one whose author has no name.
  func authorship(of commit: String) async throws(MeshError) -> Authorship? {
    let output = try await read(
      ["show", "-s", "--no-show-signature", "--format=%an%x00%at", "--end-of-options", commit], limit: 64 << 10)
    let fields = output.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count == 2, let seconds = Double(fields[1].prefix { $0.isNumber }), !fields[0].isEmpty else {
      return nil
    }
    return Authorship(name: fields[0], date: Date(timeIntervalSince1970: seconds))
  }

  private func failure(_ wanted: String, _ outcome: GitProgram.Outcome) -> MeshError {
    let said = outcome.errorText.isEmpty ? "it is not there" : outcome.errorText
    let message: Message = "git cannot get \(wanted) from \(url, limit: 200): \(said, limit: 600)"
    // Where git got something, it was something else.
    if outcome.isSuccess || outcome.lacksReference {
      return MeshError(
        .notFound, message, hint: "Name a branch, a tag or a whole commit that is there. See: git ls-remote <address>")
    }
    return MeshError(.networkError, message, hint: GitAddress.hint(url))
  }
}

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

  let git: GitProgram
  let url: String
  let folder: FilePath

  /// Makes the empty repository.
  func create(_ format: Format) async throws(MeshError) {
    let made = try await git.run([
      "init", "--bare", "--quiet", "--template=", "--object-format=\(format.rawValue)", "--", folder.string,
    ])
    guard made.isSuccess else {
      throw MeshError(.fileError, "git cannot make a repository in '\(folder)': \(made.complaint)")
    }
  }

  /// Brings a commit here: the locked one, or what `ref` names, or the head of the default branch.
  ///
  /// - Returns: the commit in full.
  func obtain(_ ref: GitReference?, locked: String?) async throws(MeshError) -> String {
    if let locked { return try await obtain(commit: locked, near: ref) }
    if let ref, ref.isCommit { return try await obtain(commit: ref.name, near: nil) }
    let outcome = try await fetch(ref?.name ?? "HEAD", depth: 1)
    if outcome.isSuccess { return try await commit(of: Self.wanted) }
    throw failure(ref.map { "'\($0.name)'" } ?? "the default branch", outcome)
  }

  /// Runs a command of git in this repository that must succeed.
  func read(_ arguments: [String], input: [UInt8] = [], limit: Int) async throws(MeshError) -> [UInt8] {
    let outcome = try await git.run(at + arguments, input: input, limit: limit)
    guard outcome.isSuccess else {
      throw MeshError(.internalError, "git \(arguments[0]) failed: \(outcome.complaint)")
    }
    return outcome.output
  }

  private var at: [String] { ["--git-dir=\(folder.string)"] }

  private func obtain(commit: String, near ref: GitReference?) async throws(MeshError) -> String {
    var outcome = try await fetch(commit, depth: 1)
    if outcome.isSuccess { return try await self.commit(of: Self.wanted) }
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
        url, "+\(name):\(Self.wanted)",
      ])
  }

  private func commit(of name: String) async throws(MeshError) -> String {
    let output = try await read(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"], limit: 1 << 10)
    let text = String(decoding: output, as: UTF8.self).prefix { !$0.isNewline }
    guard GitReference.isCommit(String(text)) else {
      throw MeshError(.internalError, "git names no commit for what it fetched")
    }
    return String(text)
  }

  /// Whether the ids of the repository have 64 digits, which only its answer to a question shows.
  func isLongFormat() async throws(MeshError) -> Bool {
    let answer = try await git.run(["ls-remote", "--quiet", "--", url], limit: 16 << 20)
    return answer.isSuccess && answer.output.prefix { $0 != UInt8(ascii: "\t") }.count == 64
  }

  private func failure(_ wanted: String, _ outcome: GitProgram.Outcome) -> MeshError {
    let said = outcome.complaint.isEmpty ? "it is not there" : outcome.complaint
    return MeshError(
      .networkError, "git cannot get \(wanted) from \(TerminalText.escaped(url, limit: 200)): \(said)",
      hint: "Check the address and the name, and that you can read it without being asked for a password.")
  }
}

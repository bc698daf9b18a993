/// What no skill means to publish, in the syntax of `.skillignore`.
///
/// Only what cannot be content: a list that guesses by a common word (`build`, `dist`, `coverage`, a dot before a name)
/// takes scripts and pages away from skills that name them, and nobody notices before an agent looks for the file.
enum DefaultIgnores {
  static let lines = versionControl + credentials + systems + caches + archives

  /// Anywhere the stores themselves; at the root also what only tells a host or an editor how to treat the repository.
  private static let versionControl = [
    ".hg", ".svn", ".jj", "/.gitignore", "/.gitattributes", "/.gitmodules", "/.github/", "/.gitlab-ci.yml",
    "/.vscode/", "/.idea/", "/.skillignore",
  ]

  /// Examples of environment files are content, and so is the public half of a key.
  private static let credentials = [
    ".env", ".env.*", "!.env.example", "!.env.sample", "!.env.template", "!.env.dist", "!.env.defaults", ".envrc",
    ".netrc", ".npmrc", ".pypirc", ".pgpass", ".htpasswd", ".git-credentials", ".ssh/", ".aws/", ".gnupg/", ".kube/",
    ".docker/", ".*_history", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks",
    "*.keystore", "*.kdbx",
  ]

  private static let systems = [
    "Thumbs.db", "desktop.ini", "*.swp", "*.swo", "*~", ".#*", ##"\#*#"##,
  ]

  /// A virtual environment of Python is known by what is in it: a folder `venv` may as well be a chapter.
  private static let caches = [
    "node_modules/", "__pycache__/", "*.pyc", "*.pyo", ".venv/", "**/venv/bin/", "**/venv/include/", "**/venv/lib/",
    "**/venv/lib64", "**/venv/Lib/", "**/venv/Scripts/", "**/venv/pyvenv.cfg", ".pytest_cache/", ".mypy_cache/",
    ".ruff_cache/", ".tox/", ".nox/", ".next/", ".open-next/", ".turbo/", ".cache/", ".parcel-cache/",
    ".ipynb_checkpoints/",
  ]

  /// Packed skills, and what programs that install skills write about them.
  private static let archives = ["/*.skill", "/.clawhub/", "/.clawdhub/"]

  private static let groups = [
    (IgnoreRules(lines: versionControl), "is for version control, a host, an editor or the packer"),
    (IgnoreRules(lines: credentials), "may hold credentials"),
    (IgnoreRules(lines: systems), "was left there by a system or an editor"),
    (IgnoreRules(lines: caches), "is a cache, or was installed"),
  ]

  /// What something that the list leaves out is called in a sentence that begins with the path.
  ///
  /// - Parameter path: As `LeftOut` has it.
  static func explanation(of path: String) -> String {
    let folders = path.indices.filter { path[$0] == "/" }.map { (String(path[..<$0]), true) }
    let group = groups.first { rules, _ in
      (folders + [(path, false)]).contains { rules.verdict(on: $0.0, isFolder: $0.1) == .ignored }
    }
    return group?.1 ?? "is a packed skill, or what an installer notes about one"
  }

  /// The archives that earlier packings of the skill `name` left at its root.
  static func earlierArchives(of name: String) -> [String] {
    [".tar.gz", ".tgz", ".zip"].map { "/\(literal(name))-*\($0)" }
  }

  /// A pattern for this text and nothing else.
  static func literal(_ text: String) -> String {
    text.map { #"\*?[]!# "#.contains($0) ? "\\\($0)" : "\($0)" }.joined()
  }
}

/// What no skill means to publish, in the syntax of `.skillignore`.
enum DefaultIgnores {
  static let lines = [
    // Dot-files and dot-folders: version control, editors, environments, credentials.
    ".*",
    ".git", ".hg", ".svn", ".env*", ".DS_Store", ".venv/", ".next/", ".open-next/", ".turbo/",
    // Keys.
    "id_rsa*", "id_dsa*", "id_ecdsa*", "id_ed25519*", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.keystore",
    "*.kdbx",
    // Editors and systems.
    "*.swp", "*.swo", "*~", ".#*", ##"\#*#"##, "Thumbs.db", "desktop.ini", "__MACOSX/",
    // Caches, dependencies and results of builds.
    "node_modules/", "__pycache__/", "*.pyc", "*.pyo", "venv/", "dist/", "build/", "coverage/",
    // Packed skills.
    "/*.skill",
  ]

  /// The archives that earlier packings of the skill `name` left at its root.
  static func earlierArchives(of name: String) -> [String] {
    let literal = name.map { #"\*?[]!# "#.contains($0) ? "\\\($0)" : "\($0)" }.joined()
    return ["/\(literal)-*.tar.gz", "/\(literal)-*.tgz", "/\(literal)-*.zip"]
  }
}

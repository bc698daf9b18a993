import FoundationSubset
import SystemPackage

/// Where a user's folders are: the home, and the variables that the table of agents names.
///
/// A value that is empty or not an absolute path counts as unset; `..` is resolved in the text alone.
package struct AgentEnvironment: Sendable, Hashable {
  package let home: FilePath
  /// Absolute paths without `.` and `..`.
  package let variables: [String: String]

  /// The variables that the table names.
  static let names: Set<String> = [
    "APPDATA", "AUTOHAND_HOME", "CLAUDE_CONFIG_DIR", "CODEWHALE_HOME", "CODEX_HOME", "FLATPAK_XDG_CONFIG_HOME",
    "GROK_HOME", "HERMES_HOME", "SARVAM_HOME", "VIBE_HOME", "XDG_CONFIG_HOME",
  ]

  /// - Parameter environment: of the process; the home is `HOME`, else what the system says.
  package init(environment: [String: String]) {
    home =
      environment["HOME"].flatMap(Self.absolute)
      ?? FilePath(FileManager.default.homeDirectoryForCurrentUser.path).lexicallyNormalized()
    variables = environment.filter { Self.names.contains($0.key) }
      .compactMapValues { Self.absolute($0)?.string }
  }

  func path(of variable: String) -> FilePath? { variables[variable].map { FilePath($0) } }

  private static func absolute(_ text: String) -> FilePath? {
    guard text.hasPrefix("/"), !text.unicodeScalars.contains("\0") else { return nil }
    return FilePath(text).lexicallyNormalized()
  }
}

import ArgumentParser
import RegistryAPI
import Skills

/// `tokens list`.
struct ListTokens: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens of your account that are in use.",
    discussion: "A token itself is never shown, not even in part: the registry does not know it.", aliases: ["ls"])

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> TokenListReport {
    TokenListReport(tokens: try await mesh.loggedInRegistry(registry).tokens())
  }
}

struct TokenListReport: Report {
  let tokens: [TokenSummary]

  func text(_ style: Style) -> Message {
    if tokens.isEmpty { return "No tokens. Make one with: agent-mesh tokens create <name> --right <right>" }
    var table = Table(["ID", "NAME", "RIGHTS", "FOR", "LAST USED", "EXPIRES"])
    for token in tokens {
      table.add([
        "\(token.id)", (token.name ?? "-") + (token.isCurrent == true ? " (this one)" : ""), token.rightsText,
        token.patternsText, token.lastUsedAt?.day ?? "never", token.expiresAt?.day ?? "never",
      ])
    }
    return table.text(style)
  }
}

extension TokenSummary {
  /// In the order of the documentation; `all` for every right that there is.
  var rightsText: String {
    if Set(rights).isSuperset(of: TokenRight.allCases.map(\.rawValue)) { return "all" }
    return rights.isEmpty ? "none" : rights.joined(separator: ", ")
  }

  /// Patterns of skills and, where a right is about agents, those of agents that are others.
  var patternsText: String {
    let isAboutAgents = rights.contains { TokenRight(rawValue: $0)?.isAboutAgents == true }
    let patterns = skills + (isAboutAgents && agents != skills ? agents.map { "agents " + $0 } : [])
    return patterns.isEmpty ? "nothing" : patterns.joined(separator: ", ")
  }
}

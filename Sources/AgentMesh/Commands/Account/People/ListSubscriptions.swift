import ArgumentParser
import FoundationSubset
import RegistryAPI
import RegistryClient
import Skills

/// `subscriptions`: whom the caller follows.
struct ListSubscriptions: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscriptions", abstract: "List the authors that you follow.")

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> SubscriptionListReport {
    SubscriptionListReport(subscriptions: try await mesh.loggedInRegistry(registry).subscriptions())
  }
}

struct SubscriptionListReport: Report {
  let subscriptions: [OwnSubscriptions.Entry]

  func text(_ style: Style) -> Message {
    if subscriptions.isEmpty { return "You follow nobody. Follow an author with: agent-mesh subscribe <author>" }
    var table = Table(["AUTHOR", "NAME", "SINCE"])
    for entry in subscriptions {
      let since = String(entry.createdAt.ISO8601Format().prefix(10))
      table.add([entry.author.login, entry.author.name ?? "-", since])
    }
    return table.text(style)
  }
}

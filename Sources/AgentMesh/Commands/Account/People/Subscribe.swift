import ArgumentParser
import RegistryClient
import Skills

/// `subscribe`: follow an author.
struct Subscribe: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscribe", abstract: "Follow an author.",
    discussion: """
      What the author publishes is in the feed that 'agent-mesh subscriptions' and your settings page name. It gives \
      no rights: private skills stay private.

        agent-mesh subscribe acme
      """)

  @OptionGroup var author: AuthorArgument
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> SubscriptionReport {
    let client = try mesh.loggedInRegistry(registry)
    let found = try await client.author(author.parsed())
    try await client.subscribe(to: found)
    return SubscriptionReport(author: found.login, subscribed: true)
  }
}

struct SubscriptionReport: Report {
  let success = true
  let author: String
  let subscribed: Bool

  var isAction: Bool { true }

  func text(_ style: Style) -> Message {
    subscribed ? "You follow \(author)." : "You do not follow \(author) any more."
  }
}

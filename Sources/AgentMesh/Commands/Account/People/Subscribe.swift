import ArgumentParser
import RegistryClient
import Skills

/// `subscribe`: follow an author.
struct Subscribe: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscribe", abstract: "Follow an author.",
    discussion: """
      You find what the author publishes on your settings page and in the feed that 'agent-mesh subscriptions' \
      names. It gives no rights: private skills stay private.

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

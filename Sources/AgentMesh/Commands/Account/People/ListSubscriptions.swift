import ArgumentParser
import FoundationSubset
import RegistryAPI
import RegistryClient
import Skills

/// `subscriptions`: whom the caller follows.
struct ListSubscriptions: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscriptions", abstract: "List the authors that you follow.",
    discussion: "Each with the feed of what they publish, for any program that reads Atom.")

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> SubscriptionListReport {
    let client = try mesh.loggedInRegistry(registry)
    let followed = try await client.subscriptions()
    return SubscriptionListReport(subscriptions: followed.map { .init($0, at: client.address) })
  }
}

struct SubscriptionListReport: Report {
  struct Entry: Encodable, Sendable {
    let authorId: String
    let createdAt: Date
    let author: AuthorSummary
    /// What the author publishes, as Atom.
    let feed: String

    init(_ entry: OwnSubscriptions.Entry, at registry: RegistryAddress) {
      authorId = entry.authorId
      createdAt = entry.createdAt
      author = entry.author
      feed = registry.text + Route.atomFeed.path([entry.author.login])
    }
  }

  let subscriptions: [Entry]

  func text(_ style: Style) -> Message {
    if subscriptions.isEmpty { return "You follow nobody. Follow an author with: agent-mesh subscribe <author>" }
    var table = Table(["AUTHOR", "NAME", "SINCE", "FEED"])
    for entry in subscriptions {
      table.add([entry.author.login, entry.author.name ?? "-", entry.createdAt.day, entry.feed])
    }
    return table.text(style)
  }
}

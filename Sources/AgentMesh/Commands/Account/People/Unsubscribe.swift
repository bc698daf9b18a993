import ArgumentParser
import RegistryClient
import Skills

/// `unsubscribe`.
struct Unsubscribe: MeshCommand {
  static let configuration = CommandConfiguration(commandName: "unsubscribe", abstract: "Stop following an author.")

  @OptionGroup var author: AuthorArgument
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> SubscriptionReport {
    let client = try mesh.loggedInRegistry(registry)
    let found = try await client.author(author.parsed())
    try await client.unsubscribe(from: found)
    return SubscriptionReport(author: found.login, subscribed: false)
  }
}

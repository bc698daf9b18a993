import ArgumentParser
import Foundation
import RegistryStore
import Skills

/// `token create`, `token list` and `token revoke`.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Manage access tokens.",
    subcommands: [Create.self, TokenList.self, TokenRevoke.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Create a token and print it, alone, on stdout.",
      discussion: "The token is shown this once; the registry keeps only its hash.")

    @Option(help: "The author that the token stands for.")
    var author: String

    @Option(help: "Days until it expires; 0 for never.")
    var days = 90

    @OptionGroup var folder: DataFolder

    func validate() throws {
      guard (0...36_500).contains(days) else { throw ValidationError("--days takes a number from 0 to 36500") }
    }

    func run() async throws {
      let name = try AuthorName(argument: author)
      let now = Date()
      let expiry = days == 0 ? nil : now.addingTimeInterval(Double(days) * 86_400)
      let token = try await folder.withStore {
        try await $0.accounts.createToken(for: name, at: now, expiringAt: expiry)
      }
      guard let token else { throw Failure.noAuthor(name, folder) }
      print(token.secret)
    }
  }
}

extension Failure {
  static func noAuthor(_ name: AuthorName, _ folder: DataFolder) -> Failure {
    Failure(
      "there is no author '\(name)'. Create it with: agent-mesh-registry author create \(name) --data \(folder.data)")
  }
}

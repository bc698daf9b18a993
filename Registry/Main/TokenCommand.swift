import ArgumentParser
import Foundation
import RegistryStore
import Skills

/// `token create` and `token revoke`.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Manage access tokens.", subcommands: [Create.self, Revoke.self])

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
      let name: AuthorName
      do {
        name = try AuthorName(parsing: author)
      } catch {
        throw ValidationError("\(error)")
      }
      let now = Date()
      let expiry = days == 0 ? nil : now.addingTimeInterval(Double(days) * 86_400)
      let token = try await folder.withStore {
        try await $0.accounts.createToken(for: name, at: now, expiringAt: expiry)
      }
      guard let token else {
        throw Failure(
          "there is no author '\(name)'. Create it with: agent-mesh-registry author create \(name) --data \(folder.data)"
        )
      }
      print(token.secret)
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a token for good.",
      discussion: "The token is read from stdin, so that it stands in no list of processes and in no shell history.")

    @OptionGroup var folder: DataFolder

    func run() async throws {
      guard let line = readLine(), let token = AccessToken(presented: line.trimmingCharacters(in: .whitespaces)) else {
        throw ValidationError("write the token to stdin, alone on a line")
      }
      let revoked = try await folder.withStore { try await $0.accounts.revoke(token, at: Date()) }
      guard revoked else { throw Failure("no such token is in use here") }
      print("revoked")
    }
  }
}

import ArgumentParser
import Foundation
import RegistryStore
import Skills

/// `account invite` and `account reset`.
struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Let people in.", subcommands: [Invite.self, Reset.self])

  struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a link that makes an account, once, within three days.",
      discussion: "With the name of an author from before there were accounts, whoever uses the link gets that name.")

    @Argument(help: "The name that the account gets; without it whoever uses the link chooses.")
    var author: String?

    @OptionGroup var link: LinkOptions

    func run() async throws {
      let name = try author.map { try AuthorName(argument: $0) }
      do {
        let secret = try await link.folder.withStore { try await $0.accounts.invite(name, at: Date()) }
        print(try link.address(of: secret))
      } catch let refusal as Accounts.AuthorRefusal {
        guard let name else { throw refusal }
        throw Failure(refusal.sentence(name))
      }
    }
  }

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a link that sets a new password, once, within three days.")

    @Argument(help: "The handle of the account.")
    var handle: String

    @OptionGroup var link: LinkOptions

    func run() async throws {
      let name = try AuthorName(argument: handle)
      let secret = try await link.folder.withStore { try await $0.accounts.inviteReset(of: name, at: Date()) }
      guard let secret else { throw Failure("there is no account '\(name)'") }
      print(try link.address(of: secret))
    }
  }
}

/// What a link needs: the registry, and where people reach it.
struct LinkOptions: ParsableArguments {
  @OptionGroup var folder: DataFolder
  @OptionGroup var configuration: ConfigurationOption

  @Option(help: "Host and port that 'serve' listens on, for a registry without a public address.")
  var listen = "127.0.0.1:7117"

  func address(of secret: Secret) throws -> String {
    OneTimeLink(secret, at: try configuration.read().publicAddress, listening: listen).address
  }
}

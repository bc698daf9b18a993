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
      discussion: """
        Without a name whoever uses the link chooses one. With the name of an author from before there were accounts, \
        the account gets it with its skills. There is no mail: pass the link on yourself. It leads to the public address \
        of the configuration that 'serve' has, so name the same one.

          agent-mesh-registry account invite
          agent-mesh-registry account invite acme --config registry.conf
        """)

    @Argument(help: "The name that the account gets; without it whoever uses the link chooses.")
    var author: String?

    @OptionGroup var link: LinkOptions

    func run() async throws {
      let name = try author.map { try AuthorName(argument: $0) }
      try await link.print { store in
        do {
          return try await store.accounts.invite(name, at: Date())
        } catch let refusal as Accounts.AuthorRefusal {
          guard let name else { throw refusal }
          if refusal == .exists { throw try await link.failure(for: name, in: store) }
          throw Failure(refusal.sentence(name))
        }
      }
    }
  }

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a link that sets a new password, once, within three days.",
      discussion: """
        Until the link is used everything stays as it is; then every session of the account ends. Tokens go on working.

          agent-mesh-registry account reset ada
        """)

    @Argument(help: "The handle of the account.")
    var handle: String

    @OptionGroup var link: LinkOptions

    func run() async throws {
      let name = try AuthorName(argument: handle)
      try await link.print { store in
        guard let secret = try await store.accounts.inviteReset(of: name, at: Date()) else {
          throw try await link.failure(for: name, in: store)
        }
        return secret
      }
    }
  }
}

/// What a link needs: the registry, and where people reach it.
struct LinkOptions: ParsableArguments {
  @OptionGroup var folder: DataFolder
  @OptionGroup var configuration: ConfigurationOption

  @Option(
    help: "Host and port that 'serve' listens on, for a registry without a public address.",
    transform: ListenAddress.parse)
  var listen: ListenAddress = .standard

  /// Prints a link, alone, on stdout; where it would lead nowhere, no secret is made.
  func print(_ makeSecret: (RegistryStore) async throws -> Secret) async throws {
    let publicAddress = try configuration.read().publicAddress
    guard publicAddress != nil || listen.ownOrigin != nil else { throw Failure(OneTimeLink.missingAddress) }
    let secret = try await folder.withStore(makeSecret)
    if let link = OneTimeLink(secret, at: publicAddress, listening: listen) { Swift.print(link) }
  }

  /// Why there is no such link for a name, and which there is instead.
  func failure(for name: AuthorName, in store: RegistryStore) async throws -> Failure {
    func command(_ verb: String, _ name: AuthorName) -> String {
      let place = configuration.config.map { "--config \($0)" } ?? "--listen \(listen)"
      return "agent-mesh-registry account \(verb) \(name) --data \(folder.data) \(place)"
    }
    if let author = try await store.accounts.author(name) {
      let present = author.name
      if present != name {
        return Failure("'\(name)' is called '\(present)' now. To let its owner in: \(command("reset", present))")
      }
      if author.isDeleted { return Failure("'\(name)' was deleted, and nobody gets the name again") }
      if author.isOrganisation {
        return Failure("'\(name)' is an organisation: its members sign in with accounts of their own")
      }
    }
    return try await store.accounts.account(name) == nil
      ? Failure("there is no account '\(name)'. To make one: \(command("invite", name))")
      : Failure("'\(name)' has an account. To let its owner in: \(command("reset", name))")
  }
}

import ArgumentParser
import Foundation
import RegistryStore
import Skills

/// `token revoke`.
struct TokenRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "End a token for good.",
    discussion: """
      A token that is at hand is read from stdin, so that it stands in no list of processes and in no shell history. \
      One that is lost is named by its author and its number in 'token list'.

        agent-mesh-registry token revoke < token.txt
        agent-mesh-registry token revoke --author acme --id 7
        agent-mesh-registry token revoke --author acme --all
      """)

  @Option(help: "The author whose tokens to end; without it the token is read from stdin.")
  var author: String?

  @Option(help: "The number of one token, as 'token list' shows it.")
  var id: Int64?

  @Flag(help: "Every token of the author.")
  var all = false

  @OptionGroup var folder: DataFolder

  func validate() throws {
    if author == nil, id != nil || all { throw ValidationError("--id and --all need --author") }
    if author != nil, (id != nil) == all { throw ValidationError("with --author give either --id or --all") }
  }

  func run() async throws {
    guard let author else { return try await revokePresented() }
    let name = try AuthorName(argument: author)
    let count = try await folder.withStore { try await $0.accounts.revokeTokens(id, of: name, at: Date()) }
    guard let count else { throw Failure.noAuthor(name, folder) }
    if let id, count == 0 { throw Failure("\(name) has no token \(id) in use") }
    print("revoked \(count) token\(count == 1 ? "" : "s")")
  }

  private func revokePresented() async throws {
    guard let line = readLine(), let token = AccessToken(presented: line.trimmingCharacters(in: .whitespaces)) else {
      throw ValidationError("write the token to stdin, alone on a line")
    }
    let revoked = try await folder.withStore { try await $0.accounts.revoke(token, at: Date()) }
    guard revoked else { throw Failure("no such token is in use here") }
    print("revoked")
  }
}

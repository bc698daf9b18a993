import ArgumentParser
import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// `token list`.
struct TokenList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the tokens of an author.",
    discussion:
      "Shows when each was made, last used and when it ends; never a token itself, of which only a hash is kept.")

  @Option(help: "The author.")
  var author: String

  @Flag(help: "Print the list as JSON.")
  var json = false

  @OptionGroup var folder: DataFolder

  func run() async throws {
    let name = try AuthorName(argument: author)
    let tokens = try await folder.withStore { try await $0.accounts.tokens(of: name) }
    guard let tokens else { throw Failure.noAuthor(name, folder) }
    if json {
      print(String(decoding: try WireCoding.encode(tokens, pretty: true), as: UTF8.self))
    } else {
      for token in tokens { print(Self.line(token, at: Date())) }
    }
  }

  private static func line(_ token: TokenRecord, at now: Date) -> String {
    let end =
      if let revoked = token.revokedAt {
        "revoked \(text(revoked))"
      } else if let expiry = token.expiresAt {
        "\(expiry > now ? "expires" : "expired") \(text(expiry))"
      } else {
        "never expires"
      }
    let use = token.lastUsedAt.map { "last used \(text($0))" } ?? "never used"
    return "\(token.id)\tcreated \(text(token.createdAt))\t\(use)\t\(end)"
  }

  private static func text(_ date: Date) -> String { date.ISO8601Format() }
}

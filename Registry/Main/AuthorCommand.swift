import ArgumentParser
import Foundation
import RegistryStore
import Skills

/// `author create`.
struct AuthorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "author", abstract: "Manage authors.", subcommands: [Create.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Create an author.")

    @Argument(help: "1 to 39 characters: lower-case letters, digits and single hyphens.")
    var name: String

    @OptionGroup var folder: DataFolder

    func run() async throws {
      let author = try AuthorName(argument: name)
      do {
        try await folder.withStore(creating: true) { try await $0.accounts.createAuthor(author, at: Date()) }
      } catch let refusal as Accounts.AuthorRefusal {
        throw Failure(refusal.sentence(author))
      }
      print("created author \(author)")
    }
  }
}

extension AuthorName {
  /// Reads a name from the command line.
  ///
  /// - Throws: `ValidationError`, so that the usage is shown.
  init(argument: String) throws {
    do {
      try self.init(parsing: argument)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

extension Accounts.AuthorRefusal {
  func sentence(_ author: AuthorName) -> String {
    switch self {
    case .reserved: "'\(author)' is a reserved name; choose another"
    case .exists: "author '\(author)' exists already"
    case .confusable(let other): "'\(author)' could be mistaken for the existing author '\(other)'; choose another"
    case .tooMany(let seconds): "too many names were taken lately; try again in \(seconds) seconds"
    }
  }
}

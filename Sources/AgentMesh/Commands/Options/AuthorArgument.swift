import ArgumentParser
import Skills

/// Whom a command is about.
struct AuthorArgument: ParsableArguments {
  @Argument(help: "The author, as in author/slug.")
  var author: String

  func parsed() throws(NameRefusal) -> AuthorName { try AuthorName(parsing: author) }
}

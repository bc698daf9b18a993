import RegistryAPI
import Skills

/// Where a registry shows the files of a version.
package struct VersionPaths: Codable, Sendable {
  /// Author, slug and number, as templates of paths take them.
  private let version: [String]

  package init(of name: SkillName, _ version: SemanticVersion) {
    self.version = [name.author.rawValue, name.slug.rawValue, version.description]
  }

  /// The page of a file, at a line of its text where one is named.
  ///
  /// The page of a Markdown file has lines only where it shows the source.
  func page(of file: String, line: Int? = nil) -> String {
    let page = Route.filePage.path(version + [file])
    guard let line else { return page }
    return (FileView.isMarkdown(file) ? FileView.source.path(from: page) : page) + "#L\(line)"
  }

  /// The bytes of a file.
  func raw(of file: String) -> String { Route.rawPage.path(version + [file]) }
}

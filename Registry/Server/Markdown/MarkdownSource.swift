/// Markdown, and what its links may lead to.
package struct MarkdownSource: Codable, Sendable {
  package var text: String
  package var links: SkillLinks

  package init(_ text: String, links: SkillLinks) {
    self.text = text
    self.links = links
  }
}

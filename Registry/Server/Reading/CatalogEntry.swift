import RegistryAPI
import RegistryStore

/// A skill with its index document rendered once, shared by all who read it.
final class CatalogEntry: Sendable {
  let history: SkillHistory
  let index: RenderedJSON

  init(_ history: SkillHistory) throws {
    self.history = history
    index = try RenderedJSON(
      IndexDocument(
        name: history.skill.name, isPrivate: history.skill.isPrivate,
        versions: history.versions.map(IndexDocument.Version.init)))
  }
}

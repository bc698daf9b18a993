import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// A skill with its index document rendered once, shared by all who read it.
final class CatalogEntry: Sendable {
  let history: SkillHistory
  let index: ByteBuffer
  /// Strong: the digest of the document, quoted.
  let indexTag: String

  init(_ history: SkillHistory) throws {
    self.history = history
    let document = IndexDocument(
      name: history.skill.name, isPrivate: history.skill.isPrivate,
      versions: history.versions.map(IndexDocument.Version.init))
    let bytes = try WireCoding.encode(document)
    index = ByteBuffer(bytes: bytes)
    indexTag = "\"\(Digest(of: bytes).hexadecimal)\""
  }
}

import RegistryAPI
import Skills

/// A skill that is asked for, with what the registry said of it before.
struct IndexLookup: Sendable {
  let name: SkillName
  let known: CachedIndex?

  /// The tag to ask with.
  var etag: String? { known?.etag }

  /// Whether `document` is of this skill, and has everything that was known of it.
  ///
  /// A registry never forgets a version, and never gives its number to other bytes: withdrawn ones stay listed.
  ///
  /// - Throws: `integrityError`, saying what has changed.
  func check(_ document: IndexDocument, from address: RegistryAddress) throws(MeshError) {
    guard document.name == name.description else { throw Self.other(document.name, than: name) }
    guard let known else { return }
    let digests = Dictionary(document.versions.map { ($0.version, Set([$0.digest])) }) { $0.union($1) }
    for version in known.document.versions {
      let now = digests[version.version]
      if now == [version.digest] { continue }
      let what: Message = "\(name)@\(version.version, limit: 120)"
      throw MeshError(
        .integrityError,
        now == nil
          ? "\(address) no longer lists \(what), which it had before"
          : "\(address) gives \(what) another digest than before, which was \(version.digest)",
        hint: "A registry must never do that: it was restored from a backup, or something on the way to it is hostile. "
          + "To accept it, clear the cache: agent-mesh cache clean")
    }
  }

  static func other(_ text: String, than name: SkillName) -> MeshError {
    MeshError(
      .integrityError, "the registry sent '\(text, limit: 120)' instead of \(name)")
  }
}

/// `source#ref&path:/folder`, as a `ForeignManifest` writes where a skill comes from; reference and folder optional.
struct ForeignSpecifier: Hashable, Sendable {
  let source: String
  private(set) var ref: String?
  /// Without slashes at its ends.
  private(set) var folder: String?

  /// Nil for a text that is written otherwise.
  init?(parsing text: String) {
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count <= 2, !parts[0].isEmpty else { return nil }
    source = String(parts[0])
    for part in parts.dropFirst().flatMap({ $0.split(separator: "&") }) {
      if part.hasPrefix("path:") {
        folder = ForeignSkill.folder(String(part.dropFirst(5)))
      } else if ref == nil {
        ref = String(part)
      }
    }
  }

  var origin: ForeignSkill.Origin {
    if source.hasPrefix("npm:") { return .other("it is a package of npm") }
    if source.hasPrefix("file:") { return .other("it is in the file of a package of npm") }
    if source.hasPrefix("link:") { return .path(ForeignSkill.path(String(source.dropFirst(5)))) }
    let text = source.hasPrefix("/") ? "file://" + source : source
    guard let address = ForeignSkill.address(text) else { return .other("'\(source)' is no address of a repository") }
    return .repository(address: address, ref: ref, folder: folder)
  }
}

import RegistryAPI
import Skills

/// What a request says beside the SKILL.md that it publishes, and that is not in it.
///
/// Name, version and visibility may be chosen with the request, but what SKILL.md calls private is not shown to
/// everybody. All else has to agree, or two readers of one request would see two skills.
enum Contradiction {
  /// - Parameter original: The SKILL.md as it was sent, before anything is overridden.
  /// - Throws: `MeshError` naming the form's field.
  static func refuse(_ form: PublishRequest, _ original: SkillDocument) throws {
    if let description = form.metadata.description, !isReading(description, of: original) {
      throw MeshError(
        .validationError, "the description in the field 'metadata' is not that of SKILL.md",
        hint: "Leave it out: it is read from SKILL.md.")
    }
    if form.metadata.isPrivate == false, original.isPrivate {
      throw MeshError(
        .validationError, "SKILL.md says that the skill is private, and the field 'metadata' that it is not",
        hint: "To show it to everybody, remove what SKILL.md says of it.")
    }
    if form.package != nil, let content = form.content, !isSame(content, original.bytes) {
      throw MeshError(
        .validationError, "the field 'content' is not the SKILL.md in the package",
        hint: "Leave it out: SKILL.md is read from the package.")
    }
  }

  /// Whether a simple parser could have read `description` where ours reads that of the document.
  ///
  /// Clients before 0.20 read one line of the front matter, without escapes: the text may be cut, or only a mark such
  /// as `>`, and a word may look otherwise. So half of the words have to be there, or a line that ends with the text:
  /// some programs write nothing but escapes (`"\u5929\u6c14"`).
  private static func isReading(_ description: String, of document: SkillDocument) -> Bool {
    let claimed = words(description)
    let own = Set(words(document.description ?? ""))
    if claimed.count(where: { own.contains($0) }) * 2 >= claimed.count { return true }
    let bare = withoutQuote(description[...])
    return document.text.split(whereSeparator: \.isNewline).contains { withoutQuote($0).hasSuffix(bare) }
  }

  private static func withoutQuote(_ text: Substring) -> Substring {
    var text = text
    while let last = text.last, " \t\"'".contains(last) { text.removeLast() }
    return text
  }

  private static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }
  }

  /// Text fields of forms come with CRLF for every line end (RFC 7578), a lone CR too, and some clients trim them.
  private static func isSame(_ content: [UInt8], _ file: [UInt8]) -> Bool {
    lines(content) == lines(file)
  }

  private static func lines(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let folded = LineEnds.folded(bytes).map { $0 == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : $0 }
    return folded.prefix((folded.lastIndex { $0 != UInt8(ascii: "\n") } ?? -1) + 1)
  }
}

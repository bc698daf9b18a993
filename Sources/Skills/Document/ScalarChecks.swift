/// What keys and values of the front matter hold once their escapes are read: `"\U000E0041"` is plain text in the file,
/// and a hidden character to whoever loads it.
enum ScalarChecks {
  /// Of one rule in one document: the rest adds nothing.
  private static let maximumRepeats = 20

  /// A key or a value, and where it stands.
  private struct Scalar {
    var text: String
    var style: FrontMatter.Style
    var line: Int
    var column: Int
    /// Whether it is the description, of which `DescriptionChecks` tells what is worse than invisible.
    var isDescription = false
  }

  static func findings(_ document: SkillDocument) -> [Finding] {
    var counts: [Finding.Rule: Int] = [:]
    let all = document.frontMatter.entries.flatMap { scalars(of: $0, isTop: true) }
    return all.compactMap { finding(document, $0) }.filter { finding in
      counts[finding.rule, default: 0] += 1
      return counts[finding.rule, default: 0] <= maximumRepeats
    }
  }

  private static func scalars(of entry: FrontMatter.Entry, isTop: Bool = false) -> [Scalar] {
    let key = Scalar(text: entry.key, style: entry.keyStyle, line: entry.line, column: entry.column)
    return [key] + scalars(of: entry.value, isDescription: isTop && entry.key == "description")
  }

  private static func scalars(of value: FrontMatter.Value, isDescription: Bool = false) -> [Scalar] {
    switch value.kind {
    case .scalar(let text, let style):
      [Scalar(text: text, style: style, line: value.line, column: value.column, isDescription: isDescription)]
    case .sequence(let items, _): items.flatMap { scalars(of: $0) }
    case .mapping(let entries, _): entries.flatMap { scalars(of: $0) }
    }
  }

  /// The worst of one scalar.
  private static func finding(_ document: SkillDocument, _ scalar: Scalar) -> Finding? {
    // Only double quotes have escapes; what stands in the file as it is, `TextChecks` finds.
    let sighting = scalar.style == .doubleQuoted ? HiddenCharacters.sighting(in: scalar.text) : nil
    if !scalar.isDescription {
      if let sighting, sighting.hasTags { return smuggling(document, scalar, sighting) }
      if let control = scalar.text.unicodeScalars.first(where: HiddenCharacters.movesText) {
        return document.finding(
          .controlCharacter, line: scalar.line, column: scalar.column,
          "the front matter holds \(HiddenCharacters.label(control))", remedy: "Delete that character")
      }
    }
    guard let sighting, !sighting.hasTags, !HiddenCharacters.movesText(sighting.first) else { return nil }
    return document.finding(
      .invisibleCharacters, line: scalar.line, column: scalar.column,
      "an escape stands for \(HiddenCharacters.label(sighting.first)), which nobody sees",
      remedy: "Delete it, or check that it is meant")
  }

  private static func smuggling(
    _ document: SkillDocument, _ scalar: Scalar, _ sighting: HiddenCharacters.Sighting
  ) -> Finding {
    document.finding(
      .hiddenText, line: scalar.line, column: scalar.column,
      "escapes of tag characters hide the text '\(sighting.hiddenText, limit: 200)'",
      remedy: "Delete them: a model reads them, a person cannot")
  }
}

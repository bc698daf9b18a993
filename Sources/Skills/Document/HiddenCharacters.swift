/// Characters that a reader does not see but a model reads (ASCII smuggling, zero-width steganography).
enum HiddenCharacters {
  /// What one line hides.
  struct Sighting {
    /// From 1, of the first hidden character.
    var column: Int
    var first: Unicode.Scalar
    var count = 0
    /// Whether tag characters are among them: they have no use but to hide text.
    var hasTags = false
    /// What the tag characters spell in ASCII.
    var hiddenText = ""
  }

  /// Nil for a line in which every character is seen, or joins characters that are.
  static func sighting(in line: String) -> Sighting? {
    if line.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    let scalars = Array(line.unicodeScalars)
    var sighting: Sighting?
    var index = 0
    while index < scalars.count {
      if let end = endOfFlag(scalars, index) {
        index = end
        continue
      }
      if isHidden(scalars, index) {
        var found = sighting ?? Sighting(column: index + 1, first: scalars[index])
        found.count += 1
        if isTag(scalars[index]) { found.hasTags = true }
        if let letter = asciiOfTag(scalars[index]) { found.hiddenText.unicodeScalars.append(letter) }
        sighting = found
      }
      index += 1
    }
    return sighting
  }

  /// Whether a character moves the cursor or reorders what is around it, and is no line feed or tab, which are
  /// harmless: whoever shows a text folds them.
  static func movesText(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\n" || scalar == "\t" { return false }
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
  }

  static func isTag(_ scalar: Unicode.Scalar) -> Bool { (0xE0000...0xE007F).contains(scalar.value) }

  /// `U+202E RIGHT-TO-LEFT OVERRIDE`.
  static func label(_ scalar: Unicode.Scalar) -> String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
    return (["U+" + padded, scalar.properties.name ?? scalar.properties.nameAlias]).compactMap(\.self)
      .joined(separator: " ")
  }

  /// The flags of England, Scotland and Wales are the only emoji that tag characters spell.
  private static func endOfFlag(_ scalars: [Unicode.Scalar], _ index: Int) -> Int? {
    guard scalars[index].value == 0x1F3F4, index + 6 < scalars.count, scalars[index + 6].value == 0xE007F else {
      return nil
    }
    let letters = scalars[(index + 1)...(index + 5)].compactMap(asciiOfTag)
    let region = String(String.UnicodeScalarView(letters))
    return ["gbeng", "gbsct", "gbwls"].contains(region) ? index + 7 : nil
  }

  private static func isHidden(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    let scalar = scalars[index]
    guard !scalar.isASCII, scalar.properties.isDefaultIgnorableCodePoint else { return false }
    let before = index > 0 ? scalars[index - 1] : " "
    let after = index + 1 < scalars.count ? scalars[index + 1] : " "
    switch scalar.value {
    case 0x200C, 0x200D:
      return !isVisible(before) || !isVisible(after)
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x180B...0x180D:
      // One selects the look of the character before it; several in a row carry data.
      return before.properties.isVariationSelector
    default:
      return true
    }
  }

  /// A letter or symbol beyond ASCII, or the selector of its look: what a joiner may stand between.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.isASCII && (!scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isVariationSelector)
  }

  private static func asciiOfTag(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard (0xE0020...0xE007E).contains(scalar.value) else { return nil }
    return Unicode.Scalar(scalar.value - 0xE0000)
  }
}

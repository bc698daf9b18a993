/// The path of a file inside a skill: relative, `/` between components, and never able to leave the skill.
///
/// The rules are those of the archive dialect skill-tar/1 (`schemas/skill-tar.md`): valid UTF-8 in NFC, at most 240
/// bytes and 16 components of at most 200 bytes, and no component that any file system or terminal reads differently.
package struct SkillPath: Hashable, Sendable, Comparable, CustomStringConvertible {
  package static let maximumBytes = 240
  package static let maximumComponents = 16
  package static let maximumComponentBytes = 200

  /// The main file of every skill.
  package static let skillMarkdown = SkillPath(unchecked: "SKILL.md")

  package let string: String

  package var components: [Substring] { Self.components(of: string) }

  package var description: String { string }

  /// - Throws: `Refusal` that names the first rule that `text` breaks.
  package init(parsing text: String) throws(Refusal) {
    if let fault = Self.fault(in: text) {
      throw Refusal(path: text, rule: fault)
    }
    string = text
  }

  /// As `init(parsing:)`, from raw bytes of an archive, which need not be UTF-8.
  package init(validating bytes: some Collection<UInt8>) throws(Refusal) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Refusal(path: String(decoding: bytes, as: UTF8.self), rule: .notUTF8)
    }
    try self.init(parsing: text)
  }

  private init(unchecked text: String) {
    string = text
  }

  /// Order of the UTF-8 bytes: the same on every machine and in every locale.
  package static func < (left: Self, right: Self) -> Bool {
    left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
  }

  /// Equal for two paths that some file system would take for one: NFKC, then full case folding,
  /// without the characters that file systems may ignore.
  package var collisionKey: String { Self.collisionKey(of: string) }

  /// The folders above this file, outermost first, as path texts.
  package var ancestors: [String] {
    string.utf8.indices.filter { string.utf8[$0] == UInt8(ascii: "/") }.map { String(string[..<$0]) }
  }

  static func collisionKey(of text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    // Lower, upper and lower case again folds what has no single other form: ẞ, ß and SS, ſ and s, final sigma.
    let folded = NormalForm.compatible(text).lowercased().uppercased().lowercased()
    let kept = folded.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    return NormalForm.compatible(String(String.UnicodeScalarView(kept))).lowercased()
  }

  /// Cut at every slash byte: a `Character` would hide one that a combining mark follows.
  private static func components(of text: String) -> [Substring] {
    var components: [Substring] = []
    var start = text.startIndex
    for index in text.utf8.indices where text.utf8[index] == UInt8(ascii: "/") {
      components.append(text[start..<index])
      start = text.utf8.index(after: index)
    }
    return components + [text[start...]]
  }
}

extension SkillPath {
  package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var rule: Rule

    package var description: String { "\"\(Message(path))\": \(rule.rawValue)" }
  }

  package enum Rule: String, Sendable, CaseIterable {
    case notUTF8 = "the name is not valid UTF-8"
    case notNormalized = "the name is not in Unicode normalization form C"
    case empty = "the name is empty or has an empty component"
    case absolute = "absolute paths are not allowed"
    case climbing = "'.' and '..' are not allowed as components"
    case tooLong = "the path is longer than 240 bytes, or a component is longer than 200"
    case tooDeep = "the path has more than 16 components"
    case forbiddenCharacter = "none of \\ : * ? \" < > | may stand in a name"
    case controlCharacter = "control, invisible and unassigned characters are not allowed in a name"
    case surroundingSpace = "a component starts or ends with a space"
    case trailingDot = "a component ends with a dot"
    case reservedName = "the name is reserved on Windows"
    case ownMarker = "the name is kept for version control or for this program's own records"
  }

  private static func fault(in text: String) -> Rule? {
    let bytes = text.utf8
    if bytes.isEmpty { return .empty }
    if bytes.count > maximumBytes { return .tooLong }
    if bytes.first == UInt8(ascii: "/") { return .absolute }
    let components = components(of: text)
    if components.count > maximumComponents { return .tooDeep }
    for scalar in text.unicodeScalars {
      if TerminalText.isUnsafe(scalar) { return .controlCharacter }
      if #"\:*?"<>|"#.unicodeScalars.contains(scalar) { return .forbiddenCharacter }
    }
    for component in components {
      if let fault = fault(inComponent: component) { return fault }
    }
    guard bytes.allSatisfy({ $0 < 0x80 }) else {
      let normal = NormalForm.composed(text)
      return normal.utf8.elementsEqual(bytes) ? nil : .notNormalized
    }
    return nil
  }

  private static func fault(inComponent component: Substring) -> Rule? {
    if component.isEmpty { return .empty }
    if component == "." || component == ".." { return .climbing }
    if component.utf8.count > maximumComponentBytes { return .tooLong }
    let space = UInt8(ascii: " ")
    if component.utf8.first == space || component.utf8.last == space { return .surroundingSpace }
    if component.utf8.last == UInt8(ascii: ".") { return .trailingDot }
    if ReservedStem.matches(component) { return .reservedName }
    let key = collisionKey(of: String(component))
    if markers.contains(key) || key.utf8.starts(with: ".agent-mesh".utf8) { return .ownMarker }
    return nil
  }

  private static let markers: Set<String> = [".git"]
}

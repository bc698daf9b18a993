/// What stands between the fences of a SKILL.md: a tree whose scalars keep their text.
package struct FrontMatter: Sendable {
  /// The keys of the document, in its order.
  package let entries: [Entry]
  /// Whether the whole of it is one `{…}`.
  package let isFlow: Bool
  /// The lines, from 1, whose text had to be changed to be read.
  let repairedLines: Set<Int>

  package struct Entry: Sendable {
    package let key: String
    package let keyStyle: Style
    /// The line of the key, from 1, in the document.
    package let line: Int
    /// The column of the key, from 1, in Unicode scalars.
    package let column: Int
    package let value: Value
  }

  package enum Style: Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
  }

  package subscript(_ key: String) -> Value? { entry(key)?.value }

  package func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

  /// Whether both say the same, wherever and however it is written.
  package func hasSameContent(as other: FrontMatter) -> Bool {
    Value.haveSameContent(entries, other.entries)
  }
}

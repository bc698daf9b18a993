import Foundation

extension SearchQuery {
  /// The words of a text that are looked for, in their order: those of the query, and those that begin with its last
  /// one.
  package func matches(in text: String) -> [Range<String.Index>] {
    let wanted = words.map(Self.folded)
    guard let beginning = wanted.last else { return [] }
    let scalars = text.unicodeScalars
    var matches: [Range<String.Index>] = []
    var rest = scalars[...]
    while let start = rest.firstIndex(where: Self.isPartOfWord) {
      let end = rest[start...].firstIndex { !Self.isPartOfWord($0) } ?? rest.endIndex
      let word = Self.folded(String(scalars[start..<end]))
      if wanted.contains(word) || word.hasPrefix(beginning) { matches.append(start..<end) }
      rest = rest[end...]
    }
    return matches
  }

  /// In lower case and without marks, as the search compares words.
  private static func folded(_ word: String) -> String {
    word.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
  }
}

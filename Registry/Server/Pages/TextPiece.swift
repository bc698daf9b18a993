import RegistryStore

/// A piece of a text, and whether it is what somebody looks for.
struct TextPiece: Sendable {
  var piece: String
  var isMatch: Bool

  static func all(of text: String, matching query: SearchQuery) -> [TextPiece] {
    var pieces: [TextPiece] = []
    var start = text.startIndex
    for match in query.matches(in: text) {
      if start < match.lowerBound {
        pieces.append(TextPiece(piece: String(text[start..<match.lowerBound]), isMatch: false))
      }
      pieces.append(TextPiece(piece: String(text[match]), isMatch: true))
      start = match.upperBound
    }
    if start < text.endIndex { pieces.append(TextPiece(piece: String(text[start...]), isMatch: false)) }
    return pieces
  }
}

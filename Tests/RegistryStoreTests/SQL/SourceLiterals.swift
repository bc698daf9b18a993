/// The string literals of a Swift source, outside of comments that have their lines to themselves.
struct SourceLiterals {
  enum Piece: Equatable {
    case text(String)
    /// What is interpolated.
    case code(String)
  }

  struct Literal {
    var line: Int
    var pieces: [Piece]

    /// With spaces for line breaks, and `?` for what is interpolated.
    var text: String {
      let whole = pieces.map { piece in
        switch piece {
        case .text(let text): text
        case .code: "?"
        }
      }
      return whole.joined().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  private(set) var literals: [Literal] = []
  private var rest: Substring
  private var line = 1

  init(in source: String) {
    let code = source.replacing(/(?m)^ *\/\/.*$/, with: "")
    rest = code[...]
    while let start = rest.firstIndex(of: "\"") {
      _ = take(rest[..<start].count)
      takeLiteral()
    }
  }

  private mutating func takeLiteral() {
    let mark = rest.hasPrefix("\"\"\"") ? 3 : 1
    let end = String(repeating: "\"", count: mark)
    var literal = Literal(line: line, pieces: [])
    var text = ""
    _ = take(mark)
    while !rest.isEmpty, !rest.hasPrefix(end) {
      if rest.hasPrefix("\\(") {
        literal.pieces += [.text(text), .code(takeCode())]
        text = ""
      } else {
        if rest.first == "\\" { _ = take() }
        text += take()
      }
    }
    _ = take(mark)
    literal.pieces.append(.text(text))
    literals.append(literal)
  }

  /// What stands between the parentheses, which balance also in literals within.
  private mutating func takeCode() -> String {
    _ = take(2)
    var (code, open) = ("", 1)
    while !rest.isEmpty {
      if rest.first == "(" { open += 1 }
      if rest.first == ")" { open -= 1 }
      let next = take()
      if open == 0 { break }
      code += next
    }
    return code
  }

  private mutating func take(_ count: Int = 1) -> String {
    let taken = rest.prefix(count)
    line += taken.count { $0 == "\n" }
    rest = rest.dropFirst(count)
    return String(taken)
  }
}

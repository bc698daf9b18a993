/// What a terminal of 80 columns shows of what was written to it.
///
/// It knows carriage return, line feed, tab, `ESC [ K` and colours; everything else that a terminal may obey is kept
/// aside as foreign.
struct Screen {
  private(set) var lines: [[Character]] = [[]]
  private(set) var foreign: [String] = []
  /// Whether any text was coloured.
  private(set) var isColoured = false
  private var row = 0
  private var column = 0

  init(showing transcript: String) {
    var rest = Substring(transcript)
    while let character = rest.first {
      if let sequence = rest.prefixMatch(of: /\u{1B}\[([0-9;]*)([A-Za-z])/) {
        obey(String(sequence.1), String(sequence.2), String(sequence.0))
        rest = rest[sequence.range.upperBound...]
      } else {
        show(character)
        rest.removeFirst()
      }
    }
  }

  /// The lines that are not empty, without the spaces at their ends.
  var text: String {
    lines.map { line in
      String(String(line).reversed().drop { $0 == " " }.reversed())
    }
    .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private mutating func obey(_ parameters: String, _ command: String, _ whole: String) {
    switch command {
    case "m": isColoured = true
    case "K" where parameters.isEmpty || parameters == "0": lines[row].removeLast(max(0, lines[row].count - column))
    default: foreign.append(whole)
    }
  }

  private mutating func show(_ character: Character) {
    switch character {
    case "\r": column = 0
    case "\n": newLine()
    case "\r\n":
      column = 0
      newLine()
    case "\t": for _ in 0..<(8 - column % 8) { put(" ") }
    default:
      if character.unicodeScalars.contains(where: Self.isForeign) {
        foreign.append("U+" + String(character.unicodeScalars.first?.value ?? 0, radix: 16))
      } else {
        put(character)
      }
    }
  }

  private mutating func put(_ character: Character) {
    if column >= Terminal.columns {
      column = 0
      newLine()
    }
    while lines[row].count <= column { lines[row].append(" ") }
    lines[row][column] = character
    column += 1
  }

  private mutating func newLine() {
    row += 1
    while lines.count <= row { lines.append([]) }
  }

  /// Controls, and characters that are not seen or that turn the order of others around.
  private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
    default: false
    }
  }
}

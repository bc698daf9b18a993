/// What one rule looks for: a mark, and what has to stand before or behind it in the same command.
///
/// The mark has no open gaps, and what surrounds it is bounded, so that no line can hold a scan up.
struct RiskPattern {
  typealias Expression = Regex<AnyRegexOutput>

  let rule: KnownRisk.Rule
  /// What every command that matches holds, so that few have to be tried.
  let clues: RiskClues
  /// The rarest of them.
  let lead: RiskClues
  private let expressions: Expressions

  /// Marks of one line whose surroundings are looked at.
  private static let maximumMarks = 8
  /// Characters on each side of a mark.
  private static let reach = 400

  /// - Parameter clues: The rarest first.
  init(
    _ rule: KnownRisk.Rule, _ clues: [RiskClues], _ mark: @autoclosure @escaping () -> Expression,
    before: @autoclosure @escaping () -> Expression? = nil, behind: @autoclosure @escaping () -> Expression? = nil,
    admits: @escaping (Substring) -> Bool = { _ in true }
  ) {
    self.rule = rule
    self.clues = RiskClues(clues)
    lead = clues.first ?? []
    expressions = Expressions {
      (Self.plain(mark()), before().map(Self.plain), behind().map(Self.plain), admits)
    }
  }

  /// Whatever the case; words end where letters, digits and underscores do, so that `tool.zip` has two of them.
  private static func plain(_ expression: Expression) -> Expression {
    expression.ignoresCase().wordBoundaryKind(.simple).matchingSemantics(.unicodeScalar)
  }

  func matches(_ line: String) -> Bool {
    let (mark, before, behind, admits) = expressions.all
    let marks = line.matches(of: mark).lazy.filter { admits(line[$0.range]) }
    return marks.prefix(Self.maximumMarks).contains { match in
      let head = Self.command(line[..<match.range.lowerBound].suffix(Self.reach))
      let tail = line[match.range.upperBound...].prefix(Self.reach)
      return (before.map { head.contains($0) } ?? true) && (behind.map { tail.contains($0) } ?? true)
    }
  }

  /// What follows the last semicolon: the command that a mark belongs to.
  private static func command(_ head: Substring) -> Substring {
    head.lastIndex(of: ";").map { head[head.index(after: $0)...] } ?? head
  }

  /// What a pattern looks for, made when it is first tried: most files hold nothing that makes any rule worth a try.
  private final class Expressions {
    typealias Parts = (
      mark: Expression, before: Expression?, behind: Expression?,
      /// Whether a mark counts after all.
      admits: (Substring) -> Bool
    )

    private let make: () -> Parts
    private(set) lazy var all = make()

    init(_ make: @escaping () -> Parts) {
      self.make = make
    }
  }
}

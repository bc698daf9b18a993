/// The fewest lines to take out and put in that make one text of another.
///
/// After Myers, "An O(ND) Difference Algorithm and Its Variations" (1986).
enum EditScript {
  enum Step: Hashable {
    /// A line of both.
    case keep(old: Int, new: Int)
    case remove(old: Int)
    case insert(new: Int)
  }

  /// More differences than this are not looked for: the memory grows with their square.
  static let maximumDifferences = 1_500

  /// - Parameters:
  ///   - old: A number for each line, equal for equal lines.
  /// - Returns: Nil when the texts differ in more than `maximumDifferences` lines between their common ends.
  static func steps(from old: [Int], to new: [Int]) -> [Step]? {
    let prefix = zip(old, new).prefix { $0 == $1 }.count
    let suffix = zip(old.dropFirst(prefix).reversed(), new.dropFirst(prefix).reversed()).prefix { $0 == $1 }.count
    let oldMiddle = Array(old[prefix..<old.count - suffix])
    let newMiddle = Array(new[prefix..<new.count - suffix])
    guard let middle = middle(oldMiddle, newMiddle) else { return nil }
    var steps = (0..<prefix).map { Step.keep(old: $0, new: $0) }
    steps += middle.map { $0.moved(by: prefix) }
    steps += (0..<suffix).map { Step.keep(old: old.count - suffix + $0, new: new.count - suffix + $0) }
    return steps
  }

  private static func middle(_ old: [Int], _ new: [Int]) -> [Step]? {
    if old.isEmpty { return new.indices.map { .insert(new: $0) } }
    if new.isEmpty { return old.indices.map { .remove(old: $0) } }
    return trace(old, new).map { steps(along: $0, old.count, new.count) }
  }

  /// For every number of differences the furthest line of `old` that each diagonal reaches, from -d to d.
  private static func trace(_ old: [Int], _ new: [Int]) -> [[Int32]]? {
    var trace: [[Int32]] = []
    for differences in 0...min(old.count + new.count, maximumDifferences) {
      var row = [Int32](repeating: -1, count: 2 * differences + 1)
      for diagonal in stride(from: -differences, through: differences, by: 2) {
        var x = start(on: diagonal, differences, trace.last)
        while x < old.count, x - diagonal < new.count, old[x] == new[x - diagonal] { x += 1 }
        row[diagonal + differences] = Int32(x)
        if x >= old.count, x - diagonal >= new.count { return trace + [row] }
      }
      trace.append(row)
    }
    return nil
  }

  /// Where a diagonal is entered: from the one above, by an inserted line, or from the one below, by a removed one.
  private static func start(on diagonal: Int, _ differences: Int, _ row: [Int32]?) -> Int {
    guard let row else { return 0 }
    return comesByInsertion(diagonal, differences, row)
      ? reach(diagonal + 1, differences - 1, row) : reach(diagonal - 1, differences - 1, row) + 1
  }

  private static func comesByInsertion(_ diagonal: Int, _ differences: Int, _ row: [Int32]) -> Bool {
    if diagonal == -differences { return true }
    if diagonal == differences { return false }
    return reach(diagonal - 1, differences - 1, row) < reach(diagonal + 1, differences - 1, row)
  }

  private static func reach(_ diagonal: Int, _ differences: Int, _ row: [Int32]) -> Int {
    Int(row[diagonal + differences])
  }

  private static func steps(along trace: [[Int32]], _ oldCount: Int, _ newCount: Int) -> [Step] {
    var steps: [Step] = []
    var x = oldCount
    var y = newCount
    for differences in stride(from: trace.count - 1, through: 0, by: -1) {
      let row = differences > 0 ? trace[differences - 1] : nil
      let entry = start(on: x - y, differences, row)
      while x > entry {
        x -= 1
        y -= 1
        steps.append(.keep(old: x, new: y))
      }
      guard let row else { break }
      if comesByInsertion(x - y, differences, row) {
        y -= 1
        steps.append(.insert(new: y))
      } else {
        x -= 1
        steps.append(.remove(old: x))
      }
    }
    return steps.reversed()
  }
}

extension EditScript.Step {
  fileprivate func moved(by count: Int) -> Self {
    switch self {
    case .keep(let old, let new): .keep(old: old + count, new: new + count)
    case .remove(let old): .remove(old: old + count)
    case .insert(let new): .insert(new: new + count)
    }
  }
}

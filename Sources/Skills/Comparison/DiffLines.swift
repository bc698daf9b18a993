/// The lines of two texts, out of which hunks are made.
struct DiffLines {
  let old: [ArraySlice<UInt8>]
  let new: [ArraySlice<UInt8>]

  /// - Parameter before: The steps that lead to the hunk.
  func hunk(of steps: ArraySlice<EditScript.Step>, at before: ArraySlice<EditScript.Step>) -> TextDiff.Hunk {
    let skipped = Self.counts(of: before)
    let counts = Self.counts(of: steps)
    return TextDiff.Hunk(
      oldStart: skipped.old + min(counts.old, 1), oldCount: counts.old, newStart: skipped.new + min(counts.new, 1),
      newCount: counts.new, lines: steps.flatMap(lines))
  }

  private static func counts(of steps: ArraySlice<EditScript.Step>) -> (old: Int, new: Int) {
    var counts = (old: 0, new: 0)
    for step in steps {
      switch step {
      case .keep: counts = (counts.old + 1, counts.new + 1)
      case .remove: counts.old += 1
      case .insert: counts.new += 1
      }
    }
    return counts
  }

  private func lines(of step: EditScript.Step) -> [String] {
    switch step {
    case .keep(let line, _): Self.shown(" ", old[line])
    case .remove(let line): Self.shown("-", old[line])
    case .insert(let line): Self.shown("+", new[line])
    }
  }

  private static func shown(_ mark: String, _ line: ArraySlice<UInt8>) -> [String] {
    guard line.last == UInt8(ascii: "\n") else {
      return [mark + String(decoding: line, as: UTF8.self), "\\ No newline at end of file"]
    }
    return [mark + String(decoding: line.dropLast(), as: UTF8.self)]
  }
}

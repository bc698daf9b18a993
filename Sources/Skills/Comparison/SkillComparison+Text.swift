extension SkillComparison {
  /// The comparison line by line.
  ///
  /// The first character of a line says what it is: `!` what concerns safety, `=` the head of a file, `@` the head of a
  /// hunk, `-` and `+` lines before and after, a blank or `\` the rest.
  package var lines: [Message] {
    var lines: [Message] = notes.map { "! \($0, limit: .max)" }
    for field in fields { lines += Self.lines(of: field) }
    for file in files { lines += Self.lines(of: file) }
    return lines
  }

  private static func lines(of field: FieldChange) -> [Message] {
    var lines: [Message] = ["\(field.concernsSafety ? "!" : "=") SKILL.md: \(field.key)"]
    if let before = field.before { lines.append("-  \(before, limit: .max)") }
    if let after = field.after { lines.append("+  \(after, limit: .max)") }
    return lines
  }

  private static func lines(of file: FileChange) -> [Message] {
    let isGrave = file.kind == .executable && file.change != .removed
    var head: Message = "\(isGrave ? "!" : "=") \(file.path): \(word(for: file.kind)) "
    switch file.change {
    case .added: head += "added"
    case .removed: head += "removed"
    case .changed: head += "changed"
    case .modeChanged: head += "unchanged"
    }
    if file.isExecutable == true, file.wasExecutable != true { head += ", may be run now" }
    if file.wasExecutable == true, file.isExecutable == false { head += ", may no longer be run" }
    if file.diff.isOmitted { head += " (the lines are not shown: binary, too long or too different)" }
    return [head] + file.diff.lines
  }

  private static func word(for kind: FileKind) -> String {
    switch kind {
    case .instructions: "instructions"
    case .executable: "executable"
    case .other: "file"
    }
  }
}

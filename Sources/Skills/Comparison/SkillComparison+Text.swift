extension SkillComparison {
  /// The comparison as text, safe to show on a terminal.
  ///
  /// The first character of a line says what it is: `!` what concerns safety, `=` the head of a file, `@` the head of a
  /// hunk, `-` and `+` lines before and after, a blank or `\` the rest.
  package var text: String {
    let notes = notes.map { "! \(TerminalText.escaped($0))\n" }.joined()
    return notes + fields.map(Self.text).joined() + files.map(Self.text).joined()
  }

  private static func text(of field: FieldChange) -> String {
    var text = (field.concernsSafety ? "! " : "= ") + "SKILL.md: \(TerminalText.escaped(field.key))\n"
    if let before = field.before { text += "-  \(TerminalText.escaped(before))\n" }
    if let after = field.after { text += "+  \(TerminalText.escaped(after))\n" }
    return text
  }

  private static func text(of file: FileChange) -> String {
    let isGrave = file.kind == .executable && file.change != .removed
    var head = (isGrave ? "! " : "= ") + "\(TerminalText.escaped(file.path)): \(word(for: file.kind)) "
    switch file.change {
    case .added: head += "added"
    case .removed: head += "removed"
    case .changed: head += "changed"
    case .modeChanged: head += "unchanged"
    }
    if file.isExecutable == true, file.wasExecutable != true { head += ", may be run now" }
    if file.wasExecutable == true, file.isExecutable == false { head += ", may no longer be run" }
    if file.diff.isOmitted { head += " (the lines are not shown: binary, too long or too different)" }
    return head + "\n" + file.diff.text
  }

  private static func word(for kind: FileKind) -> String {
    switch kind {
    case .instructions: "instructions"
    case .executable: "executable"
    case .other: "file"
    }
  }
}

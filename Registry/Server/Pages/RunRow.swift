import Skills

/// Something that a skill may run.
struct RunRow: Sendable {
  /// When, or as what.
  var runKind: String
  var runText: String
  /// To the file or the line of it.
  var runPath: String?

  /// - Parameter path: The page of a file of the skill at a line.
  static func all(in preview: SkillPreview, at path: (String, Int?) -> String?) -> [RunRow] {
    var rows: [RunRow] = []
    for command in preview.inlineCommands {
      let line = path(SkillPath.skillMarkdown.string, command.line)
      rows.append(RunRow(runKind: "while it is loaded", runText: command.command, runPath: line))
    }
    for hook in preview.hooks {
      let line = path(SkillPath.skillMarkdown.string, hook.line)
      rows.append(RunRow(runKind: "at \(hook.event)", runText: hook.action, runPath: line))
    }
    for tool in preview.allowedTools { rows.append(RunRow(runKind: "without asking", runText: tool)) }
    for script in preview.scripts {
      let kind = script.isExecutable ? "executable script" : "script"
      rows.append(RunRow(runKind: kind, runText: script.path, runPath: path(script.path, nil)))
    }
    return rows
  }
}

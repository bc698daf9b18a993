import Foundation
import SkillInstaller
import Skills

/// A skill that comes for the first time, with everything that somebody has to know before they let it in.
struct Newcomer: Sendable {
  let skill: LockedSkill
  let preview: SkillPreview
  /// When its version was published; nil for a skill of no registry.
  let published: Date?

  /// Those that can run nothing first, one line each; the others follow in full, nearest to the question.
  ///
  /// A single skill is shown in full in any case.
  static func text(_ newcomers: [Newcomer], columns: Int, _ style: Style) -> String {
    guard newcomers.count > 1 else { return newcomers.map { $0.text(style) }.joined() }
    let harmless = newcomers.filter { !$0.preview.deservesAttention }
    let others = newcomers.filter(\.preview.deservesAttention)
    var lines: [String] = []
    if !harmless.isEmpty {
      lines.append(style.bold("\(harmless.count) of \(newcomers.count) skills can run nothing:"))
      lines += harmless.map { $0.line(columns: columns) }
    }
    if !others.isEmpty {
      if !harmless.isEmpty { lines.append("") }
      lines.append(style.bold("\(others.count) of \(newcomers.count) skills deserve attention:"))
      lines += others.map { $0.text(style) }
    }
    return lines.joined(separator: "\n")
  }

  /// Name, age, size, cost, where it comes from and what it does, within the width of the screen.
  private func line(columns: Int) -> String {
    let tokens = "\(preview.cost.descriptionTokens)+\(preview.cost.bodyTokens) tokens"
    let day = published.map { String($0.ISO8601Format().prefix(10)) }
    let facts = [skill.title, day, ByteCount.text(preview.size), tokens, skill.registry].compactMap(\.self)
      .joined(separator: ", ")
    return ScreenText.cut("  " + ScreenText.line("\(facts): \(preview.description ?? "")"), to: columns - 1)
  }

  private func text(_ style: Style) -> String {
    var lines = [style.bold(skill.title)]
    func add(_ label: String, _ value: String) {
      guard !value.isEmpty else { return }
      lines.append(
        "  \(style.faint(label.padding(toLength: 13, withPad: " ", startingAt: 0))) \(TerminalText.escaped(value))")
    }
    add("", ScreenText.line(preview.description ?? ""))
    add("published by", skill.name?.author.rawValue ?? "")
    add("published", published?.ISO8601Format() ?? "")
    add("from", skill.registry ?? skill.reference)
    add("size", "\(ByteCount.text(preview.size)) in \(preview.fileCount) file\(preview.fileCount == 1 ? "" : "s")")
    add("tokens", "\(preview.cost.descriptionTokens) always, \(preview.cost.bodyTokens) when it is used")
    add("made for", ScreenText.line(preview.compatibility ?? ""))
    add("needs", preview.dependencies.joined(separator: ", "))
    add("scripts", Self.listing(preview.scripts.map(\.path)))
    add("runs inline", Self.listing(preview.inlineCommands.map(\.command)))
    add("tools", Self.listing(preview.allowedTools))
    add("hooks", Self.listing(preview.hooks.map { "\($0.event): \($0.action)" }))
    lines += preview.risks.prefix(10).map { "  \(style.red("!")) \(TerminalText.escaped($0.description))" }
    lines += preview.findings.filter { $0.severity != .note }.prefix(5).map { "  " + $0.text(style) }
    return lines.joined(separator: "\n")
  }

  private static func listing(_ values: [String]) -> String {
    let shown = values.prefix(8).joined(separator: ", ")
    return values.count > 8 ? "\(shown) and \(values.count - 8) more" : shown
  }
}

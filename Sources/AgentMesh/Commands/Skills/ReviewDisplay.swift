import FoundationSubset
import SkillInstaller
import Skills

/// What a change lets skills do, for a person who has to let it in.
struct ReviewDisplay {
  let reviews: [SkillReview]
  let columns: Int
  let style: Style

  /// New skills that can run nothing first, one line each; the others follow in full, nearest to the question.
  ///
  /// A single new skill is shown in full in any case, and an updated one only when it may do more than before.
  var text: Message {
    let new = reviews.filter(\.isNew)
    let updates = reviews.filter { !$0.isNew && ($0.deservesAttention || !$0.findings.isEmpty) }
    let changed = updates.map { changes(of: $0) }
    guard new.count > 1 else { return (changed + new.map { card(of: $0) }).joined(separator: "\n") }
    let harmless = new.filter { !$0.deservesAttention }
    let others = new.filter(\.deservesAttention)
    var lines: [Message] = []
    if !harmless.isEmpty {
      lines.append(style.bold("\(harmless.count) of \(new.count) skills can run nothing:"))
      lines += harmless.map(line)
    }
    lines += changed
    if !others.isEmpty {
      if !lines.isEmpty { lines.append("") }
      lines.append(style.bold("\(others.count) of \(new.count) skills deserve attention:"))
      lines += others.map { card(of: $0) }
    }
    return lines.joined(separator: "\n")
  }

  /// Name, age, size, cost, where it comes from and what it does, within the width of the screen.
  private func line(_ review: SkillReview) -> Message {
    let (skill, preview) = (review.skill, review.preview)
    let tokens = "\(preview.cost.descriptionTokens)+\(preview.cost.bodyTokens) tokens"
    let day = review.published?.day
    let facts = [skill.title, day, ByteCount.text(preview.size), tokens, skill.registry].compactMap(\.self)
      .joined(separator: ", ")
    return ScreenText.cut("  " + ScreenText.line("\(facts): \(preview.description ?? "")"), to: columns - 1)
  }

  /// All there is to know of a skill that comes for the first time.
  private func card(of review: SkillReview) -> Message {
    let (skill, preview) = (review.skill, review.preview)
    var lines = Lines(style, title: Message(skill.title))
    lines.add("", ScreenText.line(preview.description ?? ""))
    lines.add("published by", Message(skill.name?.author.rawValue ?? ""))
    lines.add("published", Message(review.published?.ISO8601Format() ?? ""))
    lines.add("from", Message(skill.registry ?? skill.reference, limit: .max))
    lines.add(
      "size", "\(ByteCount.text(preview.size)) in \(preview.fileCount) file\(preview.fileCount == 1 ? "" : "s")")
    lines.add("tokens", "\(preview.cost.descriptionTokens) always, \(preview.cost.bodyTokens) when it is used")
    lines.add("made for", ScreenText.line(preview.compatibility ?? ""))
    lines.add("needs", Message(preview.dependencies.joined(separator: ", "), limit: .max))
    lines.add(powersOf: review)
    return lines.text
  }

  /// What an updated skill may do that it could not do before.
  private func changes(of review: SkillReview) -> Message {
    let from = review.previousVersion.map { " (now \($0))" } ?? ""
    var lines = Lines(style, title: "\(review.skill.title)\(from) may do more than before")
    lines.add(powersOf: review)
    return lines.text
  }

  private struct Lines {
    private let style: Style
    private var lines: [Message]

    init(_ style: Style, title: Message) {
      self.style = style
      lines = [style.bold(title)]
    }

    var text: Message { lines.joined(separator: "\n") }

    mutating func add(_ label: Message, _ value: Message) {
      guard !value.isEmpty else { return }
      lines.append("  \(style.faint(ScreenText.padded(label, to: 13))) \(value)")
    }

    mutating func add(powersOf review: SkillReview) {
      add("scripts", Self.listing(review.scripts.map(\.path)))
      add("runs inline", Self.listing(review.inlineCommands.map(\.command)))
      add("tools", Self.listing(review.allowedTools))
      add("hooks", Self.listing(review.hooks.map { "\($0.event): \($0.action)" }))
      add("not read", Self.listing(review.unscanned))
      lines += review.risks.prefix(10).map { "  \(style.red("!")) \($0, limit: .max)" }
      if review.risks.count > 10 { lines.append("  \(style.red("!")) and \(review.risks.count - 10) more") }
      lines += review.findings.prefix(5).map { "  " + $0.text(style) }
    }

    private static func listing(_ values: [String]) -> Message { Message(values.listing(first: 8), limit: .max) }
  }
}

/// What a change lets one skill do, as an answer shows it.
struct ReviewAnswer: Encodable, Sendable {
  let review: SkillReview

  private enum CodingKeys: String, CodingKey {
    case skill, folder, version
  }

  func encode(to encoder: any Encoder) throws {
    try review.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(review.skill.reference, forKey: .skill)
    try container.encode(review.skill.folder.rawValue, forKey: .folder)
    try container.encodeIfPresent(review.skill.version, forKey: .version)
  }
}

/// What an agent runs by itself at an event while a skill is active: the front matter key `hooks`.
package struct SkillHook: Hashable, Sendable, Codable {
  /// Such as `PreToolUse`.
  package var event: String
  /// The command, or what else the hook is written as.
  package var action: String
  /// From 1, in SKILL.md.
  package var line: Int

  static func all(in frontMatter: FrontMatter) -> [SkillHook] {
    guard let value = frontMatter["hooks"], !value.isNull else { return [] }
    guard let events = value.mapping else { return [whole(value, event: "hooks")] }
    return events.flatMap { event -> [SkillHook] in
      let actions = actions(in: event.value, event: event.key)
      return actions.isEmpty ? [whole(event.value, event: event.key)] : actions
    }
  }

  private static func whole(_ value: FrontMatter.Value, event: String) -> SkillHook {
    SkillHook(event: event, action: FrontMatterText.text(of: value), line: value.line)
  }

  /// The commands, prompts and addresses, however deep they lie.
  private static func actions(in value: FrontMatter.Value, event: String) -> [SkillHook] {
    switch value.kind {
    case .scalar: []
    case .sequence(let items, _): items.flatMap { actions(in: $0, event: event) }
    case .mapping(let entries, _):
      entries.flatMap { entry -> [SkillHook] in
        guard ["command", "prompt", "url"].contains(entry.key), let text = entry.value.string else {
          return actions(in: entry.value, event: event)
        }
        return [SkillHook(event: event, action: text, line: entry.value.line)]
      }
    }
  }
}

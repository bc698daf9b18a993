/// The keys at the top: the six of the Agent Skills specification, each of the kind that it says.
enum FieldChecks {
  private static let specified: Set<String> = [
    "name", "description", "license", "compatibility", "metadata", "allowed-tools",
  ]
  private static let maximumCompatibility = 500

  static func findings(_ document: SkillDocument) -> [Finding] {
    document.frontMatter.entries.flatMap { entry in
      unknown(document, entry) + kind(document, entry) + flow(document, entry) + comment(document, entry)
    } + wholeFlow(document)
  }

  private static func unknown(_ document: SkillDocument, _ entry: FrontMatter.Entry) -> [Finding] {
    guard !specified.contains(entry.key) else { return [] }
    let remedy: Message =
      if entry.key == "version" {
        "Move it under 'metadata:' as 'version', where every tool accepts it"
      } else if PrivacyClaim(key: entry.key, text: entry.value.string) != nil {
        "Move it under 'metadata:', where it counts as much"
      } else {
        "Move it under 'metadata:', or remove it"
      }
    return [
      document.finding(
        .unknownKey, at: entry, "the key '\(entry.key, limit: 60)' is not in the Agent Skills specification",
        remedy: remedy)
    ]
  }

  private static func kind(_ document: SkillDocument, _ entry: FrontMatter.Entry) -> [Finding] {
    let value = entry.value
    switch entry.key {
    case "license", "compatibility":
      guard let text = value.string else { return value.isNull ? [] : [notText(document, entry)] }
      return entry.key == "compatibility" ? compatibility(document, value, text) : []
    case "allowed-tools":
      if case .sequence = value.kind { return [toolsList(document, value)] }
      return value.mapping == nil ? [] : [notText(document, entry)]
    default:
      return []
    }
  }

  private static func notText(_ document: SkillDocument, _ entry: FrontMatter.Entry) -> Finding {
    document.finding(
      .fieldNotText, at: entry.value, "'\(entry.key)' is a list or a mapping",
      remedy: "Write '\(entry.key)' as one text on one line")
  }

  private static func toolsList(_ document: SkillDocument, _ value: FrontMatter.Value) -> Finding {
    document.finding(
      .allowedToolsList, at: value, "'allowed-tools' is a list, which some tools do not read",
      remedy: "Write 'allowed-tools: \(document.allowedTools.joined(separator: " "), limit: 120)'")
  }

  private static func compatibility(
    _ document: SkillDocument, _ value: FrontMatter.Value, _ text: String
  ) -> [Finding] {
    let count = text.unicodeScalars.count
    guard count > maximumCompatibility else { return [] }
    return [
      document.finding(
        .compatibilityTooLong, at: value, "'compatibility' has \(count) characters of at most \(maximumCompatibility)",
        remedy: "Shorten it by \(count - maximumCompatibility) characters")
    ]
  }
}

extension FieldChecks {
  private static func wholeFlow(_ document: SkillDocument) -> [Finding] {
    guard document.frontMatter.isFlow else { return [] }
    return [
      document.finding(
        .flowStyle, line: document.fences.opening + 2, "the front matter is written with braces",
        remedy: "Write each key on a line of its own, without braces")
    ]
  }

  private static func flow(_ document: SkillDocument, _ entry: FrontMatter.Entry) -> [Finding] {
    guard !document.frontMatter.isFlow, let value = firstFlow(in: entry.value) else { return [] }
    return [
      document.finding(
        .flowStyle, at: value, "a list or mapping is written with brackets, which some tools do not read",
        remedy: "Write each item on a line of its own, indented, without brackets")
    ]
  }

  private static func firstFlow(in value: FrontMatter.Value) -> FrontMatter.Value? {
    if value.isFlow { return value }
    switch value.kind {
    case .scalar: return nil
    case .sequence(let items, _): return items.lazy.compactMap(firstFlow).first
    case .mapping(let entries, _): return entries.lazy.compactMap { firstFlow(in: $0.value) }.first
    }
  }

  /// Text after ` #` in a plain name or description is a comment, which its author may not have meant.
  private static func comment(_ document: SkillDocument, _ entry: FrontMatter.Entry) -> [Finding] {
    guard entry.key == "name" || entry.key == "description", case .scalar(let text, .plain) = entry.value.kind,
      !document.frontMatter.repairedLines.contains(entry.value.line)
    else { return [] }
    let line = document.lines.text(entry.value.line - 1).unicodeScalars.dropFirst(entry.value.column - 1)
    let behind = Substring(line).trimmingBlanks.dropFirst(text.count)
    guard Substring(line).hasPrefix(text), behind.trimmingBlanks.hasPrefix("#") else { return [] }
    return [
      document.finding(
        .commentInValue, at: entry.value, "YAML takes what follows ' #' for a comment and leaves it out",
        remedy: "Put the whole value in double quotes, or remove the comment")
    ]
  }
}

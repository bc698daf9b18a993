/// Builds the tree of front matter from the events of its YAML, and refuses what could expand or hide.
///
/// What is large is never refused: it becomes a finding, and of what nests too deeply only the upper part is kept.
struct FrontMatterParser: ~Copyable {
  /// Collections that nest more deeply are refused, and not skipped: nobody means them.
  private static let maximumSkippedDepth = 500

  private let yaml: YAMLText
  private let limits: FrontMatterLimits
  private let file: String
  private let escapes: SurrogateEscapes
  /// Where a value may begin with a tag: libyaml reports the tag `!` of a scalar by nothing but the mark of its start.
  private let exclamationMarks: Set<YAMLEvents.Mark>
  private var events: YAMLEvents
  private var keys = 0
  /// Collections that nest more deeply than is kept.
  private var skipped = 0
  private var findings: [Finding] = []

  /// - Throws: `DocumentRefusal`; its rule is `brokenYAML` when the text is not YAML.
  static func parse(
    _ yaml: YAMLText, limits: FrontMatterLimits, file: String
  ) throws(DocumentRefusal) -> (frontMatter: FrontMatter, findings: [Finding]) {
    try yaml.checkBounds(limits)
    var parser = try FrontMatterParser(yaml, limits: limits, file: file)
    let frontMatter = try parser.read()
    return (frontMatter, yaml.findings + parser.findings)
  }

  private init(_ yaml: YAMLText, limits: FrontMatterLimits, file: String) throws(DocumentRefusal) {
    self.yaml = yaml
    self.limits = limits
    self.file = file
    escapes = SurrogateEscapes(in: Array(yaml.lines.joined(separator: "\n").utf8))
    exclamationMarks = yaml.marks(of: "!")
    do throws(YAMLEvents.Failure) {
      events = try YAMLEvents.open(escapes.bytes)
    } catch {
      throw yaml.broken(error)
    }
  }

  private mutating func read() throws(DocumentRefusal) -> FrontMatter {
    var root: (value: FrontMatter.Value, mark: YAMLEvents.Mark)?
    while true {
      let event = try next()
      switch event.kind {
      case .streamEnd: return try frontMatter(root?.value, at: root?.mark)
      case .streamStart, .documentEnd: continue
      case .documentStart where root == nil: continue
      case .documentStart: throw yaml.broken(YAMLEvents.Failure(problem: "it goes on behind its end", mark: event.mark))
      default: root = (try value(of: event, depth: 1), event.mark)
      }
    }
  }

  private func frontMatter(
    _ root: FrontMatter.Value?, at mark: YAMLEvents.Mark?
  ) throws(DocumentRefusal) -> FrontMatter {
    guard let root, let mark, !root.isNull else {
      return FrontMatter(entries: [], isFlow: false, repairedLines: yaml.repairedLines)
    }
    guard case .mapping(let entries, let isFlow) = root.kind else {
      throw yaml.refusal(
        .notAMapping, at: mark, "the front matter is not a list of 'key: value'",
        "Write one 'key: value' on each line between the fences")
    }
    return FrontMatter(entries: entries, isFlow: isFlow, repairedLines: yaml.repairedLines)
  }
}

// MARK: - The tree

extension FrontMatterParser {
  /// The next event, when it neither names, repeats nor retypes a value.
  private mutating func next() throws(DocumentRefusal) -> YAMLEvents.Event {
    let event: YAMLEvents.Event
    do throws(YAMLEvents.Failure) {
      event = try events.next()
    } catch {
      throw yaml.broken(error)
    }
    if event.hasTag || exclamationMarks.contains(event.mark) {
      throw yaml.refusal(
        .yamlTag, at: event.mark, "the front matter uses a YAML tag",
        "Put the value in quotes if the '!' belongs to it, or remove the tag")
    }
    if event.hasAnchor {
      throw yaml.refusal(
        .yamlAnchor, at: event.mark, "the front matter defines a YAML anchor",
        "Put the value in quotes if the '&' belongs to it, or remove the anchor")
    }
    if case .alias = event.kind {
      throw yaml.refusal(
        .yamlAlias, at: event.mark, "the front matter uses a YAML alias", "Put the value in quotes, or write it out")
    }
    return event
  }

  /// - Parameter depth: Of the value, which is at most one more than the limit.
  private mutating func value(of event: YAMLEvents.Event, depth: Int) throws(DocumentRefusal) -> FrontMatter.Value {
    let kind: FrontMatter.Value.Kind
    switch event.kind {
    case .scalar(let text, let style):
      kind = .scalar(try scalar(text, at: event.mark), style)
    case .sequenceStart(let isFlow) where depth <= limits.depth:
      var items: [FrontMatter.Value] = []
      while let item = try member() { items.append(try value(of: item, depth: depth + 1)) }
      kind = .sequence(items, isFlow: isFlow)
    case .mappingStart(let isFlow) where depth <= limits.depth:
      kind = .mapping(try entries(depth: depth), isFlow: isFlow)
    default:
      try skip(from: event.mark, depth: depth)
      kind = .scalar("", .plain)
    }
    return FrontMatter.Value(kind: kind, line: yaml.line(event.mark), column: event.mark.column + 1)
  }

  /// The start of the next value in a collection, nil at its end.
  private mutating func member() throws(DocumentRefusal) -> YAMLEvents.Event? {
    let event = try next()
    if case .collectionEnd = event.kind { return nil }
    return event
  }

  private mutating func scalar(_ text: String, at mark: YAMLEvents.Mark) throws(DocumentRefusal) -> String {
    if text.utf8.count > limits.scalarBytes {
      report(
        .valueTooLong, at: mark, "a value is longer than \(limits.scalarBytes) bytes",
        "Move the text below the second '---'")
    }
    let (restored, isWhole) = escapes.restored(text)
    if !isWhole {
      report(
        .loneSurrogate, at: mark, "an escape is half of a character, and was read as U+FFFD",
        "Write the character itself")
    }
    return restored
  }

  private mutating func entries(depth: Int) throws(DocumentRefusal) -> [FrontMatter.Entry] {
    var entries: [FrontMatter.Entry] = []
    var lines: [String: Int] = [:]
    while let event = try member() {
      countKey(at: event.mark)
      let skippedBefore = skipped
      let key = try value(of: event, depth: depth + 1)
      // Of a key that is not kept as it is nobody can say whether it is there twice.
      let isWhole = skipped == skippedBefore
      if isWhole { try refuseRepetition(of: key, at: event.mark, &lines) }
      let value = try value(of: try next(), depth: depth + 1)
      guard isWhole, case .scalar(let text, let style) = key.kind else {
        report(
          .complexKey, at: event.mark, "a list or mapping stands where a key belongs, and was left out",
          "Put the text in quotes, or write 'key: value'")
        continue
      }
      if text == "<<", style == .plain {
        throw yaml.refusal(
          .yamlMergeKey, at: event.mark, "the front matter uses a YAML merge key", "Write the keys out")
      }
      entries.append(
        FrontMatter.Entry(key: text, keyStyle: style, line: key.line, column: key.column, value: value))
    }
    return entries
  }

  private mutating func countKey(at mark: YAMLEvents.Mark) {
    keys += 1
    guard keys == limits.keys + 1 else { return }
    report(
      .tooManyKeys, at: mark, "the front matter has more than \(limits.keys) keys", "Move the data to a file of its own"
    )
  }

  /// - Parameter lines: Of the keys of this mapping so far, by what they say.
  private func refuseRepetition(
    of key: FrontMatter.Value, at mark: YAMLEvents.Mark, _ lines: inout [String: Int]
  ) throws(DocumentRefusal) {
    let text = FrontMatterText.text(of: key)
    let isScalar = if case .scalar = key.kind { true } else { false }
    guard let first = lines.updateValue(key.line, forKey: (isScalar ? "" : "? ") + text) else { return }
    throw yaml.refusal(
      .duplicateKey, at: mark,
      "the key '\(text, limit: 80)' stands here for the second time, after line \(first)",
      "Keep one of the two")
  }

  /// Passes over a collection that nests deeper than is kept.
  private mutating func skip(from mark: YAMLEvents.Mark, depth: Int) throws(DocumentRefusal) {
    skipped += 1
    if skipped == 1 {
      report(
        .frontMatterTooDeep, at: mark,
        "the front matter nests more than \(limits.depth) levels deep, and the rest was left out",
        "Move the nested data to a file of its own")
    }
    var open = 1
    while open > 0 {
      let event = try next()
      switch event.kind {
      case .sequenceStart, .mappingStart: open += 1
      case .collectionEnd: open -= 1
      default: break
      }
      guard depth + open <= Self.maximumSkippedDepth else {
        throw yaml.refusal(
          .frontMatterTooDeep, at: event.mark,
          "the front matter nests more than \(Self.maximumSkippedDepth) levels deep",
          "Move the nested data to a file of its own")
      }
    }
  }

  private mutating func report(
    _ rule: Finding.Rule, at mark: YAMLEvents.Mark, _ message: Message, _ remedy: Message
  ) {
    findings.append(
      Finding(
        rule, file: file, line: yaml.line(mark), column: mark.column + 1, message: message, remedy: remedy))
  }
}

import Yams

/// Reads front matter as YAML, and refuses what could expand, hide or overrun.
///
/// The one place that knows the YAML library. Its reader expands aliases, recurses and hashes keys, so that the text
/// passes `NestingBound` and `AliasShield` first; every node is then checked against the very character that it starts
/// at, which is `&`, `*` or `!` when it has an anchor, an alias or a tag, and never otherwise.
struct FrontMatterParser {
  private let yaml: YAMLText
  private let limits: FrontMatterLimits
  private let file: String
  /// The lines of the text as arrays, for finding what stands at a mark.
  private let scalars: [[Unicode.Scalar]]
  private var keys = 0
  private var findings: [Finding] = []

  /// - Throws: `DocumentRefusal`; its rule is `brokenYAML` when the text is not YAML.
  static func parse(
    _ yaml: YAMLText, limits: FrontMatterLimits, file: String
  ) throws(DocumentRefusal) -> (frontMatter: FrontMatter, findings: [Finding]) {
    var parser = FrontMatterParser(yaml: yaml, limits: limits, file: file)
    let frontMatter = try parser.read()
    return (frontMatter, parser.findings)
  }

  private init(yaml: YAMLText, limits: FrontMatterLimits, file: String) {
    self.yaml = yaml
    self.limits = limits
    self.file = file
    scalars = yaml.lines.map { Array($0.unicodeScalars) }
  }

  private mutating func read() throws(DocumentRefusal) -> FrontMatter {
    try yaml.checkBounds(limits)
    let shield = AliasShield(yaml.lines)
    var root = try compose(shield.lines)
    if shield.isChanged {
      // Throws for any anchor; without one, the original cannot expand either.
      if let root { _ = try value(root, depth: 1) }
      keys = 0
      findings = []
      root = try compose(yaml.lines)
    }
    guard let root else { return FrontMatter(entries: [], isFlow: false, repairedLines: yaml.repairedLines) }
    let value = try value(root, depth: 1)
    if value.isNull { return FrontMatter(entries: [], isFlow: false, repairedLines: yaml.repairedLines) }
    guard case .mapping(let entries, let isFlow) = value.kind else {
      throw refusal(
        .notAMapping, root, "the front matter is not a list of 'key: value'",
        "Write one 'key: value' on each line between the fences")
    }
    return FrontMatter(entries: entries, isFlow: isFlow, repairedLines: yaml.repairedLines)
  }
}

// MARK: - Reading

extension FrontMatterParser {
  private func compose(_ lines: [String]) throws(DocumentRefusal) -> Node? {
    do {
      let text = lines.joined(separator: "\n") + "\n"
      return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw refusal(for: error)
    } catch {
      throw broken("\(error)", nil)
    }
  }

  private func refusal(for error: YamlError) -> DocumentRefusal {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      return broken(problem, mark)
    case .composer(_, let problem, let mark, _):
      guard problem.contains("alias") else { return broken(problem, mark) }
      return DocumentRefusal(
        .yamlAlias, line: line(mark), column: mark.column, message: "the front matter uses a YAML alias",
        remedy: "Put the value in quotes, or write it out")
    case .duplicatedKeysInMapping(let names, let context):
      return duplicate(of: names.first ?? "", at: context.mark)
    case .memory:
      return yaml.tooDeep(limits, line: yaml.firstLine)
    default:
      return broken("it cannot be read", nil)
    }
  }

  /// - Parameter mark: where the key stands first.
  private func duplicate(of key: String, at mark: Mark) -> DocumentRefusal {
    let second = YAMLLine.repetition(of: key, in: yaml.lines, after: mark.line - 1, indentation: mark.column - 1)
    let name = TerminalText.escaped(key, limit: 80)
    guard let second else {
      return DocumentRefusal(
        .duplicateKey, line: line(mark), column: mark.column,
        message: "the key '\(name)' stands twice in one mapping", remedy: "Keep one of the two")
    }
    return DocumentRefusal(
      .duplicateKey, line: second + yaml.firstLine, column: mark.column,
      message: "the key '\(name)' stands here for the second time, after line \(line(mark))",
      remedy: "Keep one of the two")
  }

  private func broken(_ problem: String, _ mark: Mark?) -> DocumentRefusal {
    DocumentRefusal(
      .brokenYAML, line: mark.map(line) ?? yaml.firstLine, column: mark?.column,
      message: "the front matter is not YAML: \(problem)",
      remedy: "Put the value on this line in double quotes")
  }

  private func line(_ mark: Mark) -> Int {
    min(mark.line, max(yaml.lines.count, 1)) + yaml.firstLine - 1
  }

  private func refusal(
    _ rule: Finding.Rule, _ node: Node, _ message: String, _ remedy: String
  ) -> DocumentRefusal {
    DocumentRefusal(rule, line: node.mark.map(line), column: node.mark?.column, message: message, remedy: remedy)
  }
}

// MARK: - The tree

extension FrontMatterParser {
  private mutating func value(_ node: Node, depth: Int) throws(DocumentRefusal) -> FrontMatter.Value {
    try checkProperties(of: node)
    let kind: FrontMatter.Value.Kind
    switch node {
    case .scalar(let scalar):
      kind = .scalar(try text(of: scalar, node), style(of: scalar))
    case .sequence(let sequence):
      if depth > limits.depth { throw yaml.tooDeep(limits, line: node.mark.map(line) ?? yaml.firstLine) }
      var items: [FrontMatter.Value] = []
      for item in sequence { items.append(try value(item, depth: depth + 1)) }
      kind = .sequence(items, isFlow: character(at: node.mark) == "[")
    case .mapping(let mapping):
      if depth > limits.depth { throw yaml.tooDeep(limits, line: node.mark.map(line) ?? yaml.firstLine) }
      kind = .mapping(try entries(of: mapping, depth: depth), isFlow: character(at: node.mark) == "{")
    case .alias:
      throw refusal(.yamlAlias, node, "the front matter uses a YAML alias", "Write the value out")
    }
    return FrontMatter.Value(kind: kind, line: node.mark.map(line) ?? yaml.firstLine, column: node.mark?.column ?? 1)
  }

  private func checkProperties(of node: Node) throws(DocumentRefusal) {
    switch character(at: node.mark) {
    case "&":
      throw refusal(
        .yamlAnchor, node, "the front matter defines a YAML anchor",
        "Put the value in quotes if the '&' belongs to it, or remove the anchor")
    case "!":
      throw refusal(
        .yamlTag, node, "the front matter uses a YAML tag",
        "Put the value in quotes if the '!' belongs to it, or remove the tag")
    case "*":
      throw refusal(.yamlAlias, node, "the front matter uses a YAML alias", "Write the value out")
    default: return
    }
  }

  private func text(of scalar: Node.Scalar, _ node: Node) throws(DocumentRefusal) -> String {
    guard scalar.string.utf8.count <= limits.scalarBytes else {
      throw refusal(
        .valueTooLong, node, "a value is longer than \(limits.scalarBytes) bytes",
        "Move the text below the second '---'")
    }
    return scalar.string
  }

  private func style(of scalar: Node.Scalar) -> FrontMatter.Style {
    switch scalar.style {
    case .singleQuoted: .singleQuoted
    case .doubleQuoted: .doubleQuoted
    case .literal: .literal
    case .folded: .folded
    case .plain, .any: .plain
    }
  }

  /// What stands in the text at a mark; nil at the end of a line.
  private func character(at mark: Mark?) -> Unicode.Scalar? {
    guard let mark, scalars.indices.contains(mark.line - 1) else { return nil }
    let line = scalars[mark.line - 1]
    return line.indices.contains(mark.column - 1) ? line[mark.column - 1] : nil
  }

  private mutating func entries(
    of mapping: Node.Mapping, depth: Int
  ) throws(DocumentRefusal) -> [FrontMatter.Entry] {
    var entries: [FrontMatter.Entry] = []
    for (keyNode, valueNode) in mapping {
      keys += 1
      if keys > limits.keys {
        throw refusal(
          .tooManyKeys, keyNode, "the front matter has more than \(limits.keys) keys",
          "Move the data to a file of its own")
      }
      let key = try value(keyNode, depth: depth + 1)
      let value = try value(valueNode, depth: depth + 1)
      guard case .scalar(let text, let style) = key.kind else {
        findings.append(complexKey(key))
        continue
      }
      if text == "<<", style == .plain {
        throw refusal(.yamlMergeKey, keyNode, "the front matter uses a YAML merge key", "Write the keys out")
      }
      entries.append(
        FrontMatter.Entry(key: text, keyStyle: style, line: key.line, column: key.column, value: value))
    }
    return entries
  }

  private func complexKey(_ key: FrontMatter.Value) -> Finding {
    Finding(
      .complexKey, file: file, line: key.line, column: key.column,
      message: "a list or mapping stands where a key belongs, and was left out",
      remedy: "Put the text in quotes, or write 'key: value'")
  }
}

/// `skills.json` or `skills.lock` while it is read: knows its name and its lines, and words every refusal.
struct StrictFile {
  let name: String
  private let bytes: [UInt8]

  /// What differs between the two files.
  struct Rules {
    var maximumBytes: Int
    var format: Int
    /// What to do about the marks that a merge leaves behind.
    var conflictHint: Message
    /// What shows that another program keeps a file without a `format`; nil for what may be ours.
    var foreign: @Sendable (JSONNode) -> Message? = { _ in nil }
  }

  /// Reads the bytes as JSON, and looks at `format` before anything else is judged.
  ///
  /// - Returns: The file, and its object at the top.
  /// - Throws: `validationError` for what is not such a file, `newerFormat` for one of a newer program.
  static func read(
    _ bytes: [UInt8], name: String, rules: Rules
  ) throws(MeshError) -> (file: StrictFile, top: StrictObject) {
    let file = StrictFile(name: name, bytes: bytes)
    let node = try file.json(rules)
    try file.checkFormat(node, rules)
    return (file, try StrictObject(node, at: [], in: file))
  }

  /// As `read`, for a file of another program, which has no `format`.
  static func readForeign(_ bytes: [UInt8], name: String) throws(MeshError) -> StrictObject {
    let file = StrictFile(name: name, bytes: bytes)
    return try StrictObject(try file.json(foreignRules), at: [], in: file)
  }

  private static let foreignRules = Rules(
    maximumBytes: ForeignSkill.maximumBytes, format: 0,
    conflictHint: "Settle the merge, and try again")

  private func json(_ rules: Rules) throws(MeshError) -> JSONNode {
    guard bytes.count <= rules.maximumBytes else {
      throw MeshError(
        .validationError, "\(name) has \(bytes.count) bytes, and may have \(rules.maximumBytes)",
        hint: "Look at what made it grow, or restore it from version control")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw MeshError(.validationError, "\(name) is not UTF-8", hint: "Save it as UTF-8")
    }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    do throws(JSONParser.Fault) {
      return try JSONParser.parse(bytes, from: hasMark ? 3 : 0)
    } catch {
      throw syntaxError(error, rules)
    }
  }

  private func syntaxError(_ fault: JSONParser.Fault, _ rules: Rules) -> MeshError {
    let lines = SourceLines(bytes)
    let marks: [[UInt8]] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].map { Array($0.utf8) }
    let marked = (0..<lines.count).first { line in
      marks.contains { bytes[lines.content(line)].starts(with: $0) }
    }
    if let marked {
      return MeshError(
        .validationError, "\(name) has the marks of an unsettled merge, from line \(marked + 1) on",
        hint: rules.conflictHint)
    }
    let (line, column) = position(of: fault.offset, in: lines)
    return MeshError(
      .validationError, "\(name) is not JSON at line \(line), column \(column): \(fault.reason)",
      hint: "Correct it there, or restore the file from version control")
  }

  private func checkFormat(_ node: JSONNode, _ rules: Rules) throws(MeshError) {
    guard case .object = node.kind else { return }
    guard let format = node["format"] else {
      if let evidence = rules.foreign(node) {
        throw MeshError(
          .conflict, "\(name) is kept by another program, as \(evidence) in it shows; it was left as it is",
          hint:
            "Both cannot keep one file. To take over what it lists, and keep it as \(ForeignManifest.backupName): "
            + "agent-mesh skills import --replace")
      }
      throw fault(at: node, ["format"], "it is missing", hint: "Write \"format\": \(rules.format) at the top of it")
    }
    guard let number = format.integer, number > 0 else {
      throw fault(at: format, ["format"], "it is not a whole number above 0", hint: "Write \(rules.format)")
    }
    guard number <= rules.format else {
      throw MeshError(
        .newerFormat,
        "\(name) was written by a newer agent-mesh (format \(number); this one knows \(rules.format))",
        hint: "Update agent-mesh")
    }
  }

  /// A refusal of a value: the file, the line, the path of keys, the reason and the next step.
  func fault(at node: JSONNode, _ path: [String], _ reason: Message, hint: Message) -> MeshError {
    let line = position(of: node.offset, in: SourceLines(bytes)).line
    let keys: Message = path.isEmpty ? "" : " \(Self.text(of: path)):"
    return MeshError(.validationError, "\(name), line \(line):\(keys) \(reason)", hint: hint)
  }

  /// `skills."acme/x".range`, `skills[3].digest`.
  private static func text(of path: [String]) -> Message {
    var text: Message = ""
    for key in path {
      if key.hasPrefix("["), !text.isEmpty {
        text += Message(key)
        continue
      }
      let isPlain = !key.isEmpty && key.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "_") }
      text += (text.isEmpty ? "" : ".") + (isPlain ? Message(key) : "\"\(key, limit: 120)\"")
    }
    return text
  }

  /// From 1, columns in Unicode scalars.
  private func position(of offset: Int, in lines: SourceLines) -> (line: Int, column: Int) {
    guard lines.count > 0 else { return (1, 1) }
    let line = lines.line(at: offset)
    let before = bytes[lines.whole(line).lowerBound..<min(offset, bytes.count)]
    return (line + 1, before.count { $0 & 0xC0 != 0x80 } + 1)
  }
}

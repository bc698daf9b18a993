/// Changes to one line: all other bytes stay, comments, key order, quotes and line ends among them.
extension SkillDocument {
  /// The document with another version: in the top-level `version` where that stands, else in `metadata.version`,
  /// which is added where there is neither.
  ///
  /// - Throws: `EditRefusal` when the value stands where no single line can be changed; nothing is guessed.
  package func settingVersion(_ version: SemanticVersion) throws(EditRefusal) -> SkillDocument {
    let edit = DocumentEdit(document: self, key: "version", value: version.description)
    return try reread(try versionBytes(edit), edit) { $0.version }
  }

  /// The document with another name, added as the first key where there is none.
  ///
  /// - Throws: `EditRefusal`, as for a version.
  package func settingName(_ name: SkillSlug) throws(EditRefusal) -> SkillDocument {
    let edit = DocumentEdit(document: self, key: "name", value: name.rawValue)
    return try reread(try nameBytes(edit), edit) { $0.name }
  }

  private func versionBytes(_ edit: DocumentEdit) throws(EditRefusal) -> [UInt8] {
    let top = frontMatter.entry("version")
    let nested = metadata?.mapping?.first { $0.key == "version" }
    if let top, !top.value.isNull { return try edit.replacing(top) }
    if let nested, !nested.value.isNull { return try edit.replacing(nested) }
    if let empty = top ?? nested { return try edit.replacing(empty) }
    return try addingVersion(edit)
  }

  private func addingVersion(_ edit: DocumentEdit) throws(EditRefusal) -> [UInt8] {
    try refuseBraces(edit)
    let line = "version: " + YAMLScalar.doubleQuoted(edit.value)
    guard let entry = frontMatter.entry("metadata") else {
      return edit.inserting(["metadata:", "  " + line], before: fences.closing + 1, indentation: margin)
    }
    switch entry.value.kind {
    case .mapping(_, isFlow: true):
      return edit.inserting(intoBracesOf: entry.value)
    case .mapping(let entries, isFlow: false):
      guard let first = entries.first else { break }
      return edit.inserting([line], before: first.line, indentation: first.column - 1)
    case .scalar("", .plain):
      return edit.inserting(["  " + line], before: entry.line + 1, indentation: margin)
    default: break
    }
    return edit.inserting([line], before: fences.closing + 1, indentation: margin)
  }

  private func nameBytes(_ edit: DocumentEdit) throws(EditRefusal) -> [UInt8] {
    if let entry = frontMatter.entry("name") { return try edit.replacing(entry) }
    try refuseBraces(edit)
    let line = "name: " + YAMLScalar.written(edit.value)
    return edit.inserting([line], before: fences.opening + 2, indentation: margin)
  }

  /// How far the keys of the document are indented.
  private var margin: Int { (frontMatter.entries.first?.column ?? 1) - 1 }

  private func refuseBraces(_ edit: DocumentEdit) throws(EditRefusal) {
    guard frontMatter.isFlow else { return }
    throw EditRefusal(key: edit.key, line: fences.opening + 2, reason: "the front matter is written with braces")
  }

  /// The edited document, when it says what it should, and nothing else that is new.
  private func reread(
    _ bytes: [UInt8], _ edit: DocumentEdit, _ value: (SkillDocument) -> String?
  ) throws(EditRefusal) -> SkillDocument {
    let edited: SkillDocument
    do throws(DocumentRefusal) {
      edited = try SkillDocument(reading: bytes, file: file)
    } catch {
      throw EditRefusal(key: edit.key, line: error.line, reason: error.message)
    }
    guard value(edited) == edit.value, edited.hasSameContent(as: self, butFor: edit.key) else {
      throw EditRefusal(key: edit.key, line: nil, reason: "the front matter is written in an unusual way")
    }
    return edited
  }

  private func hasSameContent(as other: SkillDocument, butFor key: String) -> Bool {
    lines.bytes[lines.whole(fences.closing).lowerBound...]
      == other.lines.bytes[other.lines.whole(other.fences.closing).lowerBound...]
      && frontMatter.without(key).hasSameContent(as: other.frontMatter.without(key))
  }
}

extension FrontMatter {
  /// All but `key` at the top and in `metadata`, and no `metadata` that would be empty without it.
  fileprivate func without(_ key: String) -> FrontMatter {
    let kept = entries.compactMap { entry -> Entry? in
      if entry.key == key { return nil }
      guard entry.key == "metadata" else { return entry }
      if entry.value.isNull { return nil }
      guard case .mapping(let nested, let isFlow) = entry.value.kind else { return entry }
      let rest = nested.filter { $0.key != key }
      if rest.isEmpty { return nil }
      let value = Value(kind: .mapping(rest, isFlow: isFlow), line: entry.value.line, column: entry.value.column)
      return Entry(key: entry.key, keyStyle: entry.keyStyle, line: entry.line, column: entry.column, value: value)
    }
    return FrontMatter(entries: kept, isFlow: isFlow, repairedLines: [])
  }
}

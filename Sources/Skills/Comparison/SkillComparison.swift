/// What an update would change, sorted so that what agents follow and run comes first.
package struct SkillComparison: Hashable, Sendable, Codable {
  package enum Change: String, Hashable, Sendable, Codable {
    case added
    case removed
    case changed
    /// Only whether it may be run.
    case modeChanged = "mode_changed"
  }

  package struct FileChange: Hashable, Sendable, Codable {
    package var path: String
    /// What the file is afterwards; what it was, when it is gone.
    package var kind: FileKind
    package var change: Change
    /// Whether the file has, or had, the executable bit; nil where there is no file.
    package var wasExecutable: Bool?
    package var isExecutable: Bool?
    package var diff: TextDiff
  }

  /// A key of the front matter that says something else now.
  package struct FieldChange: Hashable, Sendable, Codable {
    /// Such as `allowed-tools`, or `metadata.version`.
    package var key: String
    /// Nil where there is no such key.
    package var before: String?
    package var after: String?
    /// Whether the key is one that decides what a skill may do.
    package var concernsSafety: Bool
  }

  /// The gravest first.
  package private(set) var fields: [FieldChange]
  /// Instructions first, then what can be run, then the rest; each by path.
  package private(set) var files: [FileChange]
  /// What could not be compared, in words.
  package private(set) var notes: [String]

  package init(from old: [SkillPath: SkillFile], to new: [SkillPath: SkillFile]) {
    files = Set(old.keys).union(new.keys).compactMap { Self.change(of: $0, from: old[$0], to: new[$0]) }
      .sorted { ($0.kind, $0.path) < ($1.kind, $1.path) }
    fields = []
    notes = []
    let before = front(of: old, "before")
    let after = front(of: new, "after")
    if let before, let after { fields = Self.fields(from: before, to: after) }
  }

  package var isEmpty: Bool { files.isEmpty }

  private mutating func front(of files: [SkillPath: SkillFile], _ side: String) -> [String: String]? {
    guard let file = files[.skillMarkdown] else {
      notes.append("There is no SKILL.md \(side)")
      return nil
    }
    do throws(DocumentRefusal) {
      return FrontMatterText.fields(of: try SkillDocument(reading: file.bytes).frontMatter)
    } catch {
      notes.append("The SKILL.md \(side) cannot be read: \(error.message)")
      return nil
    }
  }

  private static func fields(from old: [String: String], to new: [String: String]) -> [FieldChange] {
    Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted(by: FrontMatterText.comesFirst).map { key in
      FieldChange(
        key: key, before: old[key], after: new[key], concernsSafety: FrontMatterText.safetyKeys.contains(key))
    }
  }

  private static func change(of path: SkillPath, from old: SkillFile?, to new: SkillFile?) -> FileChange? {
    guard let file = new ?? old, old != new else { return nil }
    let change: Change =
      switch (old, new) {
      case (nil, _): .added
      case (_, nil): .removed
      case (let old?, let new?): old.bytes == new.bytes ? .modeChanged : .changed
      }
    return FileChange(
      path: path.string, kind: FileKind(of: path, isExecutable: file.isExecutable, start: file.bytes), change: change,
      wasExecutable: old?.isExecutable, isExecutable: new?.isExecutable,
      diff: TextDiff(from: old?.bytes ?? [], to: new?.bytes ?? []))
  }
}

import FileSystem
import Foundation
import Skills
import SystemPackage

/// Makes a plan of a folder: walks it, leaves out what must not travel, and looks for secrets in the rest.
struct PackPlanner {
  /// At most so many refusals are listed: the rest adds nothing.
  private static let maximumRefusals = 50

  private let folder: FilePath
  private let options: PackOptions
  private let rules: PackRules
  private let output: FileIdentity?
  private var files: [PlannedFile] = []
  private var skipped: [PackPlan.Skipped] = []
  private var refusals: [ArchiveRefusal] = []
  /// As the disk spells it.
  private var mainFile: String?
  private var validator: EntryValidator
  /// Folders that are entered only because something below them was brought back by name.
  private var openedFolders: Set<String> = []

  static func plan(_ folder: FilePath, _ options: PackOptions) throws(PackError) -> PackPlan {
    var planner = try PackPlanner(folder, options)
    try planner.walk()
    guard planner.mainFile != nil else { throw .noSkillMarkdown(folder) }
    return PackPlan(
      folder: folder, files: planner.files, skipped: planner.skipped, refusals: planner.refusals,
      secrets: try planner.secrets(), limits: options.limits)
  }

  private init(_ folder: FilePath, _ options: PackOptions) throws(PackError) {
    self.folder = folder
    self.options = options
    validator = EntryValidator(limits: options.limits)
    output = options.excluding.flatMap { FileStatus(at: $0)?.identity }
    rules = try PackRules(folder: folder, name: try Self.skillName(in: folder))
  }

  /// The name that the skill is packed under, where its main file can be read and has one.
  private static func skillName(in folder: FilePath) throws(PackError) -> String? {
    let root = try Directory<PackError>.open(folder)
    let main = try root.rawNames().first { PackRules.isSkillMarkdown($0.text) }
    guard let main, try root.status(of: main).kind == .file else { return nil }
    let document = try? SkillDocument(reading: root.file(main).prefix(SkillDocument.maximumBytes + 1))
    return document?.name.flatMap { try? SkillSlug(parsing: $0) }?.rawValue
  }

  private mutating func walk() throws(PackError) {
    let root = try Directory<PackError>.open(folder)
    try FolderWalk.walk(root) { item throws(PackError) in visit(item) }
  }

  /// Whether to enter what is visited.
  private mutating func visit(_ item: FolderItem) -> Bool {
    if isHopeless { return false }
    if item.text == PackRules.fileName, item.status.kind != .file {
      refuse(ArchiveRefusal(.unknownEntry, entry: item.text, "'\(PackRules.fileName)' must be a regular file"))
      return false
    }
    switch item.status.kind {
    case .link: skip(item, .link)
    case .other: skip(item, .specialFile)
    case .directory: return enter(item)
    case .file: add(item)
    }
    return false
  }

  private mutating func enter(_ item: FolderItem) -> Bool {
    if let reason = reason(for: item) {
      guard reason == .ignoredByDefault, rules.mayBringBack(below: item.text) else {
        skip(item, reason)
        return false
      }
      openedFolders.insert(item.text)
    }
    guard item.depth < FolderWalk.maximumDepth else {
      refuse(ArchiveRefusal(.nameTooDeep, entry: item.text, SkillPath.Rule.tooDeep.rawValue))
      return false
    }
    return true
  }

  private mutating func add(_ item: FolderItem) {
    if item.status.identity == output { return skip(item, .output) }
    let isMain = PackRules.isSkillMarkdown(item.text)
    if !isMain, let reason = reason(for: item) { return skip(item, reason) }
    do throws(ArchiveRefusal) {
      let path = isMain ? try mainPath(of: item) : try path(of: item)
      _ = try validator.admit(file: Array(path.string.utf8), size: item.status.size)
      files.append(
        PlannedFile(
          path: path, size: item.status.size, isExecutable: item.status.isExecutable, origin: .disk(item.path)))
    } catch {
      refuse(error)
    }
  }

  /// The main file is packed under its own name, however the disk spells it.
  private mutating func mainPath(of item: FolderItem) throws(ArchiveRefusal) -> SkillPath {
    if let mainFile {
      throw ArchiveRefusal(.misspelledSkillMarkdown, entry: item.text, "'\(mainFile)' is a main file, too")
    }
    mainFile = item.text
    return .skillMarkdown
  }

  /// Some file systems keep names decomposed; the dialect has them composed.
  private func path(of item: FolderItem) throws(ArchiveRefusal) -> SkillPath {
    do throws(SkillPath.Refusal) {
      guard let text = String(validating: item.path, as: UTF8.self) else { return try SkillPath(validating: item.path) }
      return try SkillPath(parsing: NormalForm.composed(text))
    } catch {
      throw ArchiveRefusal(error)
    }
  }

  private func reason(for item: FolderItem) -> PackPlan.Skipped.Reason? {
    let inherits = item.text.lastIndex(of: "/").map { openedFolders.contains(String(item.text[..<$0])) } ?? false
    return rules.reason(for: item.text, isFolder: item.status.kind == .directory, inOpenedFolder: inherits)
  }

  private mutating func skip(_ item: FolderItem, _ reason: PackPlan.Skipped.Reason) {
    let path = item.status.kind == .directory ? item.text + "/" : item.text
    skipped.append(PackPlan.Skipped(path: path, reason: reason))
  }

  private mutating func refuse(_ refusal: ArchiveRefusal) {
    guard refusals.count < Self.maximumRefusals, refusals.last != refusal else { return }
    refusals.append(refusal)
  }

  /// Whether going on would tell nothing new, in a folder that may be very large.
  private var isHopeless: Bool {
    mainFile != nil && (refusals.count >= Self.maximumRefusals || refusals.last?.rule == .entryLimit)
  }

  private func secrets() throws(PackError) -> [SecretFinding] {
    var reader = try PlannedFileReader(folder)
    var findings: [SecretFinding] = []
    for file in files where !options.allowedSecrets.contains(file.path) {
      guard case .disk(let path) = file.origin else { continue }
      let bytes = try reader.bytes(of: path, limit: options.limits.fileBytes)
      findings += SecretScanner.findings(in: bytes, path: file.path)
    }
    return findings.sorted { ($0.path, $0.line) < ($1.path, $1.line) }
  }
}

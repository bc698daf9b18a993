import Foundation
import Skills
import SystemPackage

/// Makes a plan of a folder: walks it, leaves out what must not travel, and looks for secrets in the rest.
struct PackPlanner {
  private let folder: FilePath
  private let options: PackOptions
  private let rules: PackRules
  private let output: FileStatus.Identity?
  private var files: [PlannedFile] = []
  private var skipped: [PackPlan.Skipped] = []
  private var ledger: EntryLedger
  /// Folders that are entered only because something below them was brought back by name.
  private var openedFolders: Set<String> = []

  static func plan(_ folder: FilePath, _ options: PackOptions) throws(PackError) -> PackPlan {
    var planner = try PackPlanner(folder, options)
    try planner.walk()
    guard planner.files.contains(where: { $0.path == .skillMarkdown }) else { throw .noSkillMarkdown(folder) }
    return PackPlan(
      folder: folder, files: planner.files, skipped: planner.skipped, secrets: try planner.secrets(),
      limits: options.limits)
  }

  private init(_ folder: FilePath, _ options: PackOptions) throws(PackError) {
    self.folder = folder
    self.options = options
    ledger = EntryLedger(limits: options.limits)
    output = options.excluding.flatMap { try? OpenFile.reading($0).status().identity }
    rules = try PackRules(folder: folder, name: options.name)
  }

  private mutating func walk() throws(PackError) {
    let root: OpenFolder
    do throws(FileFault) { root = try OpenFolder.named(folder) } catch { throw .file(error) }
    try FolderWalk.walk(
      root, fault: { PackError.file($0) },
      visit: { (item) throws(PackError) in
        try visit(item)
      })
  }

  private mutating func visit(_ item: FolderItem) throws(PackError) -> Bool {
    switch item.status.kind {
    case .link:
      skip(item, .link)
    case .special:
      skip(item, .specialFile)
    case .folder:
      return enter(item)
    case .file:
      try add(item)
    }
    return false
  }

  private mutating func enter(_ item: FolderItem) -> Bool {
    guard let reason = reason(for: item) else { return true }
    if reason == .ignoredByDefault, rules.mayBringBack(below: item.text) {
      openedFolders.insert(item.text)
      return true
    }
    skip(item, reason)
    return false
  }

  private mutating func add(_ item: FolderItem) throws(PackError) {
    if item.status.identity == output { return skip(item, .output) }
    let isMain = PackRules.isSkillMarkdown(item.text)
    if !isMain, let reason = reason(for: item) { return skip(item, reason) }
    let path = isMain ? SkillPath.skillMarkdown : try path(of: item)
    do throws(ArchiveRefusal) {
      _ = try ledger.admit(file: Array(path.string.utf8), size: item.status.size)
    } catch {
      throw .refused(error)
    }
    files.append(
      PlannedFile(
        path: path, size: item.status.size, isExecutable: item.status.isExecutable, origin: .disk(item.path)))
  }

  /// Some file systems keep names decomposed; the dialect has them composed.
  private func path(of item: FolderItem) throws(PackError) -> SkillPath {
    do {
      guard let text = String(validating: item.path, as: UTF8.self) else { return try SkillPath(validating: item.path) }
      return try SkillPath(parsing: text.precomposedStringWithCanonicalMapping)
    } catch {
      throw .refused(ArchiveRefusal(error))
    }
  }

  private func reason(for item: FolderItem) -> PackPlan.Skipped.Reason? {
    let inherits = item.text.lastIndex(of: "/").map { openedFolders.contains(String(item.text[..<$0])) } ?? false
    return rules.reason(for: item.text, isFolder: item.status.kind == .folder, inOpenedFolder: inherits)
  }

  private mutating func skip(_ item: FolderItem, _ reason: PackPlan.Skipped.Reason) {
    let path = item.status.kind == .folder ? item.text + "/" : item.text
    skipped.append(PackPlan.Skipped(path: path, reason: reason))
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

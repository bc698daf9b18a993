import FileSystem
import Skills
import SystemPackage

/// Makes a plan of a folder: walks it, leaves out what must not travel, and looks for secrets in the rest.
struct PackPlanner {
  /// At most so many refusals are listed: the rest adds nothing.
  private static let maximumRefusals = 50

  private let folder: Directory<PackError>
  private let options: PackOptions
  private var selection: SkillSelection
  private let output: FileIdentity?
  private var files: [PlannedFile] = []
  private var refusals: [ArchiveRefusal] = []
  /// As the disk spells it.
  private var mainFile: String?
  private var validator: EntryValidator

  static func plan(_ folder: Directory<PackError>, _ options: PackOptions) throws(PackError) -> PackPlan {
    var planner = try PackPlanner(folder, options)
    try planner.walk()
    guard planner.mainFile != nil else { throw .noSkillMarkdown(folder.path) }
    return PackPlan(
      folder: folder, files: planner.files.sorted { $0.path < $1.path }, leftOut: planner.selection.leftOut,
      refusals: planner.refusals, secrets: try planner.secrets(), limits: options.limits)
  }

  private init(_ folder: Directory<PackError>, _ options: PackOptions) throws(PackError) {
    self.folder = folder
    self.options = options
    validator = EntryValidator(limits: options.limits)
    output = options.excluding.flatMap { FileStatus(at: $0)?.identity }
    selection = try Self.selection(in: folder)
  }

  private static func selection(in folder: Directory<PackError>) throws(PackError) -> SkillSelection {
    var skillMarkdown: [UInt8] = []
    let main = try folder.rawNames().first { SkillSelection.isMainFile($0.text) }
    if let main, try folder.status(of: main).kind == .file {
      skillMarkdown = try folder.file(main).prefix(SkillDocument.maximumBytes + 1)
    }
    var ignoreFile: [UInt8] = []
    // The walk refuses what is there and no file.
    if try folder.statusIfPresent(of: SkillSelection.ignoreFile)?.kind == .file {
      ignoreFile = try folder.file(SkillSelection.ignoreFile).prefix(SkillSelection.maximumIgnoreFileBytes + 1)
    }
    do {
      return try SkillSelection(ignoreFile: ignoreFile, skillName: SkillSelection.skillName(in: skillMarkdown))
    } catch {
      throw .refused(error)
    }
  }

  private mutating func walk() throws(PackError) {
    try FolderWalk.walk(folder) { item throws(PackError) in visit(item) }
  }

  /// Whether to enter what is visited.
  private mutating func visit(_ item: FolderItem) -> Bool {
    if isHopeless { return false }
    if item.text == SkillSelection.ignoreFile, item.status.kind != .file {
      refuse(ArchiveRefusal(.unknownEntry, entry: item.text, "'\(item.text)' must be a regular file"))
      return false
    }
    if item.status.identity == output {
      selection.leaveOut(output: item.text)
      return false
    }
    guard selection.keeps(item.text, item.kind) else { return false }
    if item.kind == .folder { return enter(item) }
    add(item)
    return false
  }

  private mutating func enter(_ item: FolderItem) -> Bool {
    guard item.depth < FolderWalk.maximumDepth else {
      refuse(ArchiveRefusal(.nameTooDeep, entry: item.text, SkillPath.Rule.tooDeep.rawValue))
      return false
    }
    return true
  }

  private mutating func add(_ item: FolderItem) {
    let isMain = SkillSelection.isMainFile(item.text)
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

  private func path(of item: FolderItem) throws(ArchiveRefusal) -> SkillPath {
    do throws(SkillPath.Refusal) { return try SkillPath(composing: item.path) } catch { throw ArchiveRefusal(error) }
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
    var reader = FolderFileReader(folder)
    var findings: [SecretFinding] = []
    for file in files where !options.allowedSecrets.contains(file.path) {
      guard case .disk(let path) = file.origin else { continue }
      let bytes = try reader.bytes(of: path, limit: options.limits.fileBytes)
      findings += SecretScanner.findings(in: bytes, path: file.path)
    }
    return findings.sorted { ($0.path, $0.line) < ($1.path, $1.line) }
  }
}

extension FolderItem {
  fileprivate var kind: SkillSelection.Kind {
    switch status.kind {
    case .file: .file
    case .directory: .folder
    case .link: .link
    case .other: .special
    }
  }
}

import FileSystem
import FoundationSubset
import SkillArchive
import Skills
import SystemPackage

/// A skill on this machine as it would be packed: a folder, an archive of any program's making, or a SKILL.md alone.
struct LocalSkill {
  private enum Content {
    case folder(PackPlan)
    case files(SkillContents)
  }

  let document: SkillDocument
  /// Nil for what is no folder.
  let folderName: String?
  let leftOut: [LeftOut]
  /// Files that look like they hold secrets, allowed or not.
  let secrets: [SecretFinding]
  private let content: Content

  /// - Parameter output: A file that is left out wherever it lies: the archive about to be written.
  /// - Throws: `noFiles` when there is none; `archive_refused`; `DocumentRefusal` for a SKILL.md that cannot be read.
  init(reading path: String, excluding output: String? = nil) throws {
    guard let status = FileStatus(at: FilePath(path)) else {
      throw MeshError(.noFiles, "'\(path)' does not exist", hint: "Name the folder of a skill.")
    }
    if status.kind == .directory {
      let main = try MainFile.find(in: path)
      var options = PackOptions()
      options.excluding = output.map { FilePath($0) }
      let plan = try PackPlan(folder: FilePath(path), options: options)
      (content, document) = (.folder(plan), try main.document())
      (leftOut, secrets) = (plan.leftOut, plan.secrets)
      folderName = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    } else {
      let contents =
        Self.isDocument(path)
        ? SkillContents(skillMarkdown: try MainFile.bytes(at: path))
        : try ForeignArchive.skill(in: .file(FilePath(path)))
      (content, document) = (.files(contents), try SkillDocument(reading: contents.skillMarkdown ?? []))
      (leftOut, secrets, folderName) = (contents.leftOut, contents.secrets, nil)
    }
  }

  /// As `init(reading:excluding:)`, of something that is to be packed.
  ///
  /// - Throws: `usage`, too, for a SKILL.md alone: whoever names it expects the files beside it in the archive.
  init(packing path: String, excluding output: String? = nil) throws {
    try self.init(reading: path, excluding: output)
    guard folderName == nil, Self.isDocument(path) else { return }
    throw MeshError(
      .usage, "'\(path)' is one file, and the files beside it would be missing",
      hint: "Name the folder of the skill. To publish a SKILL.md alone: agent-mesh skills publish --stdin")
  }

  private static func isDocument(_ path: String) -> Bool { path.lowercased().hasSuffix(".md") }

  /// A SKILL.md alone.
  init(skillMarkdown bytes: [UInt8]) throws {
    let contents = SkillContents(skillMarkdown: bytes)
    content = .files(contents)
    (leftOut, secrets, folderName) = ([], contents.secrets, nil)
    document = try SkillDocument(reading: bytes)
  }

  /// Paths of all files, sorted.
  var files: [SkillPath] {
    switch content {
    case .folder(let plan): plan.files.map(\.path)
    case .files(let contents): contents.files.map(\.path).sorted()
    }
  }

  var totalSize: Int {
    switch content {
    case .folder(let plan): plan.totalSize
    case .files(let contents): contents.files.reduce(0) { $0 + $1.bytes.count }
    }
  }

  /// What stays out, those that SKILL.md names first.
  var leftOutFindings: [Finding] { LeftOut.findings(leftOut, skillMarkdown: document.bytes) }

  /// Everything that no archive may hold: only packing tells the size of the archive.
  var refusals: [ArchiveRefusal] {
    get throws(PackError) {
      if case .folder(let plan) = content, !plan.refusals.isEmpty { return plan.refusals }
      do throws(PackError) {
        _ = try packed()
        return []
      } catch {
        guard case .refused(let refusal) = error else { throw error }
        return [refusal]
      }
    }
  }

  /// - Throws: `validationError` with everything that no archive may hold; `secrets` for those that nobody allowed.
  func packed(allowing words: [String]) throws -> PackedSkill {
    try check(allowing: words)
    return try packed()
  }

  /// The same without packing.
  func check(allowing words: [String]) throws {
    let allowed = Set(try words.map(Self.allowed))
    let files = Set(files)
    for path in allowed where !files.contains(path) {
      throw MeshError(.usage, "--allow-secret names '\(path)', which is not a file of this skill")
    }
    if case .folder(let plan) = content, let first = plan.refusals.first {
      var failure = MeshError(PackError.refused(first), else: .unknown)
      failure.findings = plan.refusals.map(\.finding)
      throw failure
    }
    let found = secrets.filter { !allowed.contains($0.path) }
    guard found.isEmpty else { throw PackError.secrets(found) }
  }

  private func packed() throws(PackError) -> PackedSkill {
    switch content {
    case .folder(let plan): return try SkillPacker.pack(plan.allowingSecrets())
    case .files(let contents):
      do {
        return try contents.packed()
      } catch {
        throw PackError(error)
      }
    }
  }

  /// A path as `--allow-secret` has it.
  static func allowed(_ text: String) throws -> SkillPath {
    do {
      return try SkillPath(parsing: text.hasPrefix("./") ? String(text.dropFirst(2)) : text)
    } catch {
      throw MeshError(.usage, "--allow-secret takes the path of a file in the skill: \(error)")
    }
  }
}

extension ArchiveRefusal {
  /// As a finding in a folder that is to be packed; without a file when all of it is at fault.
  var finding: Finding {
    Finding(
      .archiveRule, .error, file: entry ?? "", message: "\(message) [\(rule.rawValue)]", remedy: Message(rule.remedy))
  }
}

extension Mesh {
  /// Says what a command leaves out of a skill, and how to have it.
  func tell(leftOut: [LeftOut], of name: String? = nil) {
    if leftOut.isEmpty { return }
    let shown = leftOut.prefix(5).map { Message($0.path, limit: 100) }.joined(separator: ", ")
    let more = leftOut.count > 5 ? " and \(leftOut.count - 5) more" : ""
    let label = name.map { "\($0): " } ?? ""
    // Of links and the like nothing in .skillignore brings one back: the warnings about them say what does.
    let line = leftOut.lazy.compactMap(\.keepingLine).first
    let remedy = line.map { ". To keep one, write a line such as \($0) in \(SkillSelection.ignoreFile)" } ?? ""
    talk.info("\(label)left out \(shown)\(more)\(remedy)")
  }
}

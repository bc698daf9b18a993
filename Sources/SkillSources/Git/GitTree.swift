import Foundation
import SkillArchive
import Skills

/// The files of a commit, and the skills among them.
struct GitTree: Sendable {
  struct Entry: Hashable, Sendable {
    /// Six octal digits, such as `100755`, `120000` for a link and `160000` for another repository.
    var mode: String
    var id: String
    /// Bytes; 0 for what is no file.
    var size: Int
    /// Below the folder that was asked for, as git has it.
    var path: [UInt8]

    var text: String { String(decoding: path, as: UTF8.self) }
  }

  /// A folder with a SKILL.md, and everything in it.
  struct Skill: Sendable {
    /// Below the folder that was asked for; empty for that folder itself.
    var folder: String
    /// With paths below the folder.
    var entries: [Entry]

    var size: Int { entries.reduce(0) { $0 + $1.size } }
  }

  private static let listingBytes = 64 << 20

  let skills: [Skill]

  /// - Parameter folder: without slashes at its ends; empty for the root.
  /// - Throws: `not_found` when the commit has no such folder.
  init(of commit: String, below folder: String, in repository: GitRepository) async throws(MeshError) {
    let listing = try await repository.read(
      ["ls-tree", "-r", "-z", "-l", "--full-tree", commit], limit: Self.listingBytes)
    let prefix = folder.isEmpty ? [] : Array("\(folder)/".utf8)
    var entries: [Entry] = []
    for line in listing.split(separator: 0) {
      guard let entry = Entry(line) else {
        throw MeshError(.internalError, "git lists the files of \(repository.url) in a form of its own")
      }
      if entry.path.starts(with: prefix) { entries.append(entry.below(prefix.count)) }
    }
    guard !entries.isEmpty else {
      let place = folder.isEmpty ? "the commit" : "the folder '\(folder)'"
      throw MeshError(.notFound, "\(place) is empty or not there in \(repository.url) at \(commit.prefix(12))")
    }
    skills = Self.skills(among: entries)
  }

  private static func skills(among entries: [Entry]) -> [Skill] {
    let folders = SkillFolders.find(in: entries.filter(\.isFile).map(\.text))
    if folders == [""] { return [Skill(folder: "", entries: entries)] }
    var members: [String: [Entry]] = [:]
    let known = Set(folders)
    for entry in entries {
      let text = entry.text
      let ancestors = text.indices.filter { text[$0] == "/" }.map { String(text[..<$0]) }
      guard let owner = ancestors.first(where: known.contains) else { continue }
      members[owner, default: []].append(entry.below(owner.utf8.count + 1))
    }
    return folders.map { Skill(folder: $0, entries: members[$0] ?? []) }
  }
}

extension GitTree.Entry {
  var isFile: Bool { mode == "100644" || mode == "100755" || mode == "100664" }

  /// Reads `<mode> <type> <id> <size>\t<path>`, the size padded with blanks, or `-` for what is no file.
  fileprivate init?(_ line: ArraySlice<UInt8>) {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
    let words = line[..<tab].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 4, let size = words[3] == "-" ? 0 : Int(words[3]), size >= 0 else { return nil }
    self.init(mode: words[0], id: words[2], size: size, path: Array(line[line.index(after: tab)...]))
  }

  fileprivate func below(_ count: Int) -> Self {
    var entry = self
    entry.path = Array(path.dropFirst(count))
    return entry
  }
}

extension GitTree.Skill {
  /// - Throws: `archive_refused` that names an entry which is no file, or more than a skill may have.
  func check() throws(MeshError) {
    let limits = ArchiveLimits.standard
    let label = folder.isEmpty ? "the skill" : "the skill '\(TerminalText.escaped(folder, limit: 200))'"
    for entry in entries where !entry.isFile {
      let kind = entry.mode == "120000" ? "a link" : entry.mode == "160000" ? "another repository" : "no file"
      throw MeshError(
        .archiveRefused, "\(label) is refused: \"\(TerminalText.escaped(entry.text, limit: 300))\" is \(kind)")
    }
    if let large = entries.first(where: { $0.size > limits.fileBytes }) {
      throw MeshError(
        .archiveRefused,
        "\(label) is refused: \"\(TerminalText.escaped(large.text, limit: 300))\" has more than \(limits.fileBytes) bytes"
      )
    }
    guard entries.count <= limits.entries, size <= limits.deliveredBytes else {
      throw MeshError(
        .archiveRefused, "\(label) is refused: it has \(entries.count) files and \(size) bytes, more than are allowed")
    }
  }

  /// - Parameter content: is asked for every entry, in their order.
  func files(_ content: (GitTree.Entry) throws(MeshError) -> [UInt8]) throws(MeshError) -> [PackedFile] {
    var contents: [(entry: GitTree.Entry, bytes: [UInt8])] = []
    for entry in entries { contents.append((entry, try content(entry))) }
    var files: [PackedFile] = []
    for (entry, bytes) in contents {
      files.append(PackedFile(path: try entry.skillPath(), bytes: bytes, isExecutable: entry.mode == "100755"))
    }
    return files
  }
}

extension GitTree.Entry {
  /// Some machines commit names decomposed; the dialect has them composed.
  fileprivate func skillPath() throws(MeshError) -> SkillPath {
    do {
      guard let text = String(validating: path, as: UTF8.self) else { return try SkillPath(validating: path) }
      return try SkillPath(parsing: NormalForm.composed(text))
    } catch {
      throw MeshError(.archiveRefused, "\(error)")
    }
  }
}

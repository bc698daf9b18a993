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
    /// Below the folder that is looked at, as git has it.
    var path: [UInt8]

    var text: String { String(decoding: path, as: UTF8.self) }
  }

  /// A folder with a SKILL.md, and everything in it.
  struct Skill: Sendable {
    /// From the root of the repository; empty for the root itself.
    var folder: String
    /// With paths below the folder.
    var entries: [Entry]

    var size: Int { entries.reduce(0) { $0 + $1.size } }
  }

  private static let listingBytes = 64 << 20

  /// Sorted by path, as git lists them: what a folder holds stands together.
  private let entries: [Entry]
  private let url: String
  private let commit: String

  init(of commit: String, in repository: GitRepository) async throws(MeshError) {
    let listing = try await repository.read(
      ["ls-tree", "-r", "-z", "-l", "--full-tree", commit], limit: Self.listingBytes)
    var entries: [Entry] = []
    for line in listing.split(separator: 0) {
      guard let entry = Entry(line) else {
        throw MeshError(.internalError, "git lists the files of \(repository.url) in a form of its own")
      }
      entries.append(entry)
    }
    self.entries = entries
    url = repository.url
    self.commit = commit
  }

  /// The skills below a folder.
  ///
  /// - Parameter folder: Without slashes at its ends; empty for the root.
  /// - Throws: `not_found` when the commit has no such folder.
  func skills(below folder: String) throws(MeshError) -> [Skill] {
    let prefix = folder.isEmpty ? [] : Array("\(folder)/".utf8)
    let entries = self.entries(startingWith: prefix)
    guard !entries.isEmpty else {
      let location = folder.isEmpty ? "the commit" : "the folder '\(folder)'"
      throw MeshError(.notFound, "\(location) is empty or not there in \(url) at \(commit.prefix(12))")
    }
    return Self.skills(among: entries).map { skill in
      Skill(folder: [folder, skill.folder].filter { !$0.isEmpty }.joined(separator: "/"), entries: skill.entries)
    }
  }

  /// Paths below a folder of the folders in which a link stands for the SKILL.md, and that lie in no skill.
  func linked(below folder: String) -> [String] {
    let entries = self.entries(startingWith: folder.isEmpty ? [] : Array("\(folder)/".utf8))
    let links = entries.filter { $0.kind == .link }.map(\.text).filter(SkillFolders.isMainFile)
    guard !links.isEmpty else { return [] }
    return SkillFolders.linked(in: links, beside: SkillFolders.find(in: entries.filter(\.isFile).map(\.text)))
  }

  /// With paths behind the prefix; found by halving, because a project may ask for hundreds of folders.
  private func entries(startingWith prefix: [UInt8]) -> [Entry] {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].path.lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
    }
    return entries[low...].prefix { $0.path.starts(with: prefix) }.map { $0.below(prefix.count) }
  }

  private static func skills(among entries: [Entry]) -> [Skill] {
    let folders = SkillFolders.find(in: entries.filter(\.isFile).map(\.text))
    if folders == [""] { return [Skill(folder: "", entries: entries)] }
    var members: [String: [Entry]] = [:]
    let known = Set(folders)
    for entry in entries {
      guard let owner = SkillFolders.owner(of: entry.text, among: known) else { continue }
      members[owner, default: []].append(entry.below(owner.utf8.count + 1))
    }
    return folders.map { Skill(folder: $0, entries: members[$0] ?? []) }
  }
}

extension GitTree.Entry {
  var kind: SkillSelection.Kind {
    switch mode {
    case "100644", "100755", "100664": .file
    case "120000": .link
    case "160000": .submodule
    default: .special
    }
  }

  var isFile: Bool { kind == .file }

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

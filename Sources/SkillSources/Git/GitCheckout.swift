import SkillArchive
import Skills
import SystemPackage

/// A commit of a repository that was fetched: its skills are read out of git's objects, many at once.
final class GitCheckout: Sendable {
  /// Of all files of the skills in one repository.
  static let maximumBytes = 200 << 20
  /// How much is read from git at once where all is wanted.
  private static let chunkBytes = 32 << 20
  /// How much is read from git at once where one is asked for after the other.
  private static let batchBytes = 8 << 20

  let repository: GitRepository
  let commit: String
  private let tree: GitTree
  private let authorship: Authorship?
  /// Goes with the checkout.
  private let folder: ScratchFolder
  private let batches: [[GitTree.Skill]]
  private let batchOfFolder: [String: Int]
  private let read = SharedResults<Int, [String: Result<FoundSkill, MeshError>]>(keeping: 8)

  /// - Parameter expected: Folders of single skills that are likely to be asked for one by one, in this order.
  init(
    _ repository: GitRepository, at commit: String, in folder: ScratchFolder, expecting expected: [String]
  ) async throws(MeshError) {
    self.repository = repository
    self.commit = commit
    self.folder = folder
    authorship = try await repository.authorship(of: commit)
    let tree = try await GitTree(of: commit, in: repository)
    self.tree = tree
    var seen: Set<String> = []
    let skills = expected.compactMap { folder -> GitTree.Skill? in
      guard seen.insert(folder).inserted, let skills = try? tree.skills(below: folder), skills.count == 1,
        skills[0].folder == folder
      else {
        return nil
      }
      return skills[0]
    }
    batches = Self.chunks(of: skills, bytes: Self.batchBytes)
    batchOfFolder = batches.enumerated().reduce(into: [:]) { numbers, batch in
      for skill in batch.element { numbers[skill.folder] = batch.offset }
    }
  }

  /// The skills below a folder.
  ///
  /// - Throws: `not_found` when the commit has no such folder.
  func skills(below folder: String, of source: GitSource) async throws(MeshError) -> FoundSkills {
    if let number = batchOfFolder[folder] { return try await skill(in: folder, batch: number, of: source) }
    var all = FoundSkills()
    try await forEachChunk(below: folder, of: source) { found in
      for skill in found.skills { all.add(at: "") { () throws(MeshError) in skill } }
      for refused in found.refused { all.refuse(refused.location, refused.reason) }
    }
    return all
  }

  /// The same in pieces, so that never more than one of them is in memory.
  func forEachChunk(
    below folder: String, of source: GitSource, _ body: (FoundSkills) async -> Void
  ) async throws(MeshError) {
    let skills = try tree.skills(below: folder)
    var left = Self.maximumBytes
    var (wanted, found) = ([GitTree.Skill](), FoundSkills())
    if skills.count == SkillFolders.maximumFolders { found.refuse("", FolderSearch.cutShort) }
    for folder in tree.linked(below: folder) { found.refuse(folder, SkillFolders.linkedMainFile) }
    for skill in skills {
      left -= skill.size
      if left >= 0 {
        wanted.append(skill)
      } else {
        found.refuse(
          skill.folder,
          MeshError(
            .payloadTooLarge, "the skills of \(repository.url) have more than \(Self.maximumBytes) bytes"))
      }
    }
    await body(found)
    for chunk in Self.chunks(of: wanted, bytes: Self.chunkBytes) {
      var found = FoundSkills()
      for (skill, result) in zip(chunk, try await read(chunk, of: source)) {
        found.add(at: Self.relative(skill.folder, to: folder)) { () throws(MeshError) in try result.get() }
      }
      await body(found)
    }
  }

  /// One of those that were expected, read together with its neighbours.
  private func skill(
    in folder: String, batch number: Int, of source: GitSource
  ) async throws(MeshError) -> FoundSkills {
    let skills = try await read.value(of: number) { [self] () async throws(MeshError) in
      let batch = batches[number]
      return Dictionary(uniqueKeysWithValues: zip(batch.map(\.folder), try await read(batch, of: source)))
    }
    var found = FoundSkills()
    if let result = skills[folder] {
      found.add(at: "") { () throws(MeshError) in
        var skill = try result.get()
        // Neighbours may be asked for by another branch or tag of the same commit.
        skill.location.source = source.naming(folder)
        return skill
      }
    }
    return found
  }

  private func read(
    _ skills: [GitTree.Skill], of source: GitSource
  ) async throws(MeshError) -> [Result<FoundSkill, MeshError>] {
    let repository = repository.renewed()
    let needed = skills.map(GitSelection.needed)
    var needs = try await GitBlobs(of: needed.joined(), in: repository)
    var selections: [Result<GitSelection, MeshError>] = []
    for (skill, entries) in zip(skills, needed) {
      var contents: [String: [UInt8]] = [:]
      for entry in entries { contents[entry.text] = try needs.next(entry) }
      selections.append(Result { () throws(MeshError) in try GitSelection(skill, contents) })
    }
    var blobs = try await GitBlobs(of: selections.compactMap { try? $0.get() }.flatMap(\.kept), in: repository)
    return selections.map { selection in
      Result { () throws(MeshError) in
        let selection = try selection.get()
        let contents = try selection.contents { (entry) throws(MeshError) in try blobs.next(entry) }
        var skill = try FoundSkill(contents, at: location(selection.folder, of: source))
        skill.authorship = authorship
        return skill
      }
    }
  }

  private func location(_ folder: String, of source: GitSource) -> SkillLocation {
    let name = folder.isEmpty ? source.repositoryName : folder.split(separator: "/").last.map(String.init)
    return SkillLocation(source: source.naming(folder), commit: commit, path: folder, folderName: name)
  }

  private static func relative(_ path: String, to folder: String) -> String {
    folder.isEmpty || path.count <= folder.count ? path : String(path.dropFirst(folder.count + 1))
  }

  /// Pieces of so many bytes, or of one skill that has more.
  private static func chunks(of skills: [GitTree.Skill], bytes: Int) -> [[GitTree.Skill]] {
    var chunks: [[GitTree.Skill]] = []
    var left = 0
    for skill in skills {
      left -= skill.size
      if left < 0 || chunks.isEmpty {
        chunks.append([])
        left = bytes - skill.size
      }
      chunks[chunks.count - 1].append(skill)
    }
    return chunks
  }
}

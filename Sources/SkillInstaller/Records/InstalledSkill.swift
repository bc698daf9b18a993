import Dispatch
import Skills
import Synchronization

/// A folder in the skills folder of a project.
package struct InstalledSkill: Sendable {
  package var slug: String
  /// By the record, or by the SKILL.md of a folder that we did not make.
  package var name: String?
  package var version: String?
  /// Nil for a folder that we did not make.
  package var mark: OwnershipMark?
}

extension InstalledSkill {
  /// Every skill in the folder that all agents share, ours or not, by name of its folder; none where it cannot be
  /// listed.
  ///
  /// - Parameter known: Every folder that a link can be in.
  static func all(in shared: FolderListing, knowing known: Set<String>) -> [InstalledSkill] {
    let items = ((try? shared.items.get()) ?? []).filter { !$0.name.hasPrefix(".") }
    // Reading hundreds of records is work for every core; a few are read before a second one is awake.
    let size = 32
    let parts = (items.count + size - 1) / size
    let found = Mutex([[InstalledSkill]](repeating: [], count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let mine = items.dropFirst(part * size).prefix(size)
        .compactMap { look(at: $0, in: shared.directory, knowing: known) }
      found.withLock { $0[part] = mine }
    }
    return found.withLock { $0.flatMap(\.self) }
  }

  /// Nil for what is no skill; a folder that cannot be read may be one, and is listed by its name alone.
  private static func look(
    at item: FolderListing.Item, in root: Directory, knowing known: Set<String>
  ) -> InstalledSkill? {
    guard case .success(let kind?) = item.kind else { return nil }
    do throws(MeshError) {
      return try skill(item.name, kind, in: root, knowing: known)
    } catch {
      return kind == .directory ? InstalledSkill(slug: item.name) : nil
    }
  }

  private static func skill(
    _ name: String, _ kind: Directory.Kind, in root: Directory, knowing known: Set<String>
  ) throws(MeshError) -> InstalledSkill? {
    // What lies behind a link of the user's own is not ours, whatever it says.
    if kind == .directory, let slug = try? SkillSlug(parsing: name),
      let mark = try OwnershipMark.read(in: root.child(name), of: slug, knowing: known)
    {
      return InstalledSkill(
        slug: name, name: mark.name?.slug.rawValue ?? name, version: mark.shownVersion, mark: mark)
    }
    let folder = try follow(kind, name, in: root)
    guard try folder.kind(of: mainFile) != nil, folder.identity(of: mainFile) != nil else { return nil }
    let document = try folder.read(mainFile, limit: SkillDocument.maximumBytes)
      .flatMap { try? SkillDocument(reading: $0) }
    return InstalledSkill(slug: name, name: document?.name, version: document?.version, mark: nil)
  }

  private static let mainFile = "SKILL.md"

  private static func follow(_ kind: Directory.Kind, _ name: String, in root: Directory) throws(MeshError) -> Directory
  {
    if case .link = kind { return try Directory.open(root.path.appending(name)) }
    return try root.child(name)
  }
}

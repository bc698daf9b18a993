import Skills

/// What the steps of a transaction have done so far: how each part of it is undone, and what is left to clear away once
/// all of them are taken.
struct UndoLog {
  enum Action {
    /// A folder was made, which goes again when nothing is in it.
    case made(Entry)
    case moved(Entry, from: Entry)
    /// A staged skill was placed, and replaced `former`.
    case placed(Staging, SkillSlug, former: Entry?)
    case backedUp(Entry, from: Entry)
    case linked(AgentLink)
    case unlinked(AgentLink, text: String)
    case copied(AgentLink)
    case copyPutAside(AgentLink)
    case prepared(FileReplacement, Directory)
    case written(FileReplacement, Directory, FileReplacement.Swap)
  }

  private var actions: [Action] = []

  mutating func note(_ action: Action) { actions.append(action) }

  /// Undoes everything, the last part first.
  ///
  /// The failure that led here is the one to report.
  ///
  /// - Returns: False when something could not be undone.
  mutating func undo(in root: SkillsRoot) -> Bool {
    var isUndone = true
    while let action = actions.popLast() {
      do throws(MeshError) { try undo(action, root) } catch { isUndone = false }
    }
    return isUndone
  }

  private func undo(_ action: Action, _ root: SkillsRoot) throws(MeshError) {
    switch action {
    case .made(let entry): entry.directory.removeIfEmpty(entry.name)
    case .moved(let entry, let former): try entry.directory.move(entry.name, to: former.directory, former.name)
    case .placed(let staging, let slug, let former): try staging.undo(slug, for: former)
    case .backedUp(let backup, let entry): try root.restore(backup, to: entry)
    case .linked(let link): try link.folder.removeFile(link.slug.rawValue)
    case .unlinked(let link, let text): _ = try link.folder.makeLink(link.slug.rawValue, to: text)
    case .copied(let link): try link.folder.removeTree(link.slug.rawValue)
    case .copyPutAside(let link): try FolderCopy(link: link).putBack()
    case .prepared(let file, let folder): try FileReplacement.clear(file.name, in: folder)
    case .written(let file, let folder, let swap): try file.undo(swap, in: folder)
    }
  }

  /// Clears away what was kept for undoing it.
  func finish() {
    for action in actions {
      switch action {
      case .copied(let link), .copyPutAside(let link): FolderCopy(link: link).clear()
      // What cannot be removed now is cleared away by the next run.
      case .written(let file, let folder, _): try? FileReplacement.clear(file.name, in: folder)
      default: continue
      }
    }
  }
}

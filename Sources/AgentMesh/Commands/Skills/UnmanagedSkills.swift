import FoundationSubset
import SkillInstaller
import SkillSources
import Skills
import SystemPackage

/// Looks for skills that stand in their places already; changes nothing.
struct UnmanagedSkills: Sendable {
  /// What looks like a skill and is left out.
  struct Skipped: Encodable, Sendable {
    let path: String
    let reason: String

    enum CodingKeys: String, CodingKey {
      case reason
      case path = "place"
    }
  }

  /// What was found, read.
  struct Found: Sendable {
    /// Installed by us.
    var recorded: [LockedSkill] = []
    var copies: [(skill: LockedSkill, bytes: [UInt8])] = []
    var skipped: [Skipped] = []
  }

  private struct Candidate {
    let slug: SkillSlug
    let source: SkillSource
    /// As it is shown.
    let path: String
  }

  private let targets: InstallTargets
  private var recorded: [LockedSkill] = []
  private var candidates: [SkillSlug: Candidate] = [:]
  private var skipped: [Skipped] = []
  /// Folders that were looked through, as they really lie.
  private var seen: Set<String> = []

  init(_ targets: InstallTargets) {
    self.targets = targets
  }

  /// The shared folder first: of two skills with one name its one is taken.
  mutating func lookAtAgentFolders() {
    for folder in [Agent.sharedFolder] + targets.knownFolders.sorted() {
      look(through: targets.path(of: folder), called: folder, isShared: folder == Agent.sharedFolder)
    }
  }

  /// A skill, or a folder with skills, that somebody names.
  mutating func look(at word: String) throws(MeshError) {
    guard Project.isFolder(word) else {
      throw MeshError(
        .usage, "'\(word)' is not a folder", hint: "Name a folder with skills, or a project.")
    }
    let path = FilePath.workingDirectory.pushing(FilePath(word)).lexicallyNormalized()
    if Self.isSkill(path) {
      take(path, called: word)
    } else {
      look(through: path, called: word, isShared: false)
    }
  }

  private mutating func look(through folder: FilePath, called name: String, isShared: Bool) {
    let real = URL(filePath: folder.string).resolvingSymlinksInPath().path
    guard Project.isFolder(folder.string), seen.insert(real).inserted else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    for entry in names.sorted() where !entry.hasPrefix(".") {
      let path = folder.appending(entry)
      guard Self.isSkill(path) else { continue }
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path.string) {
        if !leadsToKnownFolder(path) { skip("\(name)/\(entry)", "it is a link to '\(target)'") }
      } else if isShared, let mark = mark(of: path)?.locked {
        recorded.append(mark)
      } else if mark(of: path) == nil {
        take(path, called: "\(name)/\(entry)")
      }
    }
  }

  private mutating func take(_ path: FilePath, called name: String) {
    guard let slug = path.lastComponent.flatMap({ try? SkillSlug(parsing: $0.string) }) else {
      return skip(name, "the name of its folder is not valid for a skill")
    }
    if recorded.contains(where: { $0.folder == slug }) {
      return skip(name, "'\(Agent.sharedFolder)/\(slug)' has that name")
    }
    if let other = candidates[slug] { return skip(name, "'\(other.path)' has that name") }
    do {
      let source = try SourcePath.source(path.string, for: targets)
      guard try SkillSource(parsing: source.description) == source else {
        return skip(name, "its path cannot be written")
      }
      candidates[slug] = Candidate(slug: slug, source: source, path: name)
    } catch {
      skip(name, "its path cannot be written: \(MeshError(error, else: .unknown).message)")
    }
  }

  /// Packs what was found, in memory.
  func read(with reader: SourceReader) async -> Found {
    var found = Found(recorded: recorded, skipped: skipped)
    for candidate in candidates.values.sorted(by: { $0.slug < $1.slug }) {
      do {
        let skill = try await reader.skill(at: candidate.source, as: candidate.slug)
        found.copies.append((skill.locked(as: candidate.slug), skill.packed.bytes))
      } catch {
        found.skipped.append(Skipped(path: candidate.path, reason: error.message))
      }
    }
    return found
  }

  private mutating func skip(_ path: String, _ reason: String) {
    skipped.append(Skipped(path: path, reason: reason))
  }

  /// What we recorded in a folder; nil when we did not make it.
  private func mark(of path: FilePath) -> OwnershipMark? {
    guard let slug = path.lastComponent.flatMap({ try? SkillSlug(parsing: $0.string) }),
      let directory = try? Directory.open(path)
    else { return nil }
    return (try? OwnershipMark.read(in: directory, of: slug, knowing: targets.knownFolders)) ?? nil
  }

  private func leadsToKnownFolder(_ link: FilePath) -> Bool {
    let real = FilePath(URL(filePath: link.string).resolvingSymlinksInPath().path)
    return targets.knownFolders.union([Agent.sharedFolder]).contains { folder in
      let path = targets.path(of: folder).string
      return real.starts(with: FilePath(URL(filePath: path).resolvingSymlinksInPath().path))
    }
  }

  private static func isSkill(_ path: FilePath) -> Bool {
    Project.isFolder(path.string) && (try? MainFile.find(in: path.string)) != nil
  }
}

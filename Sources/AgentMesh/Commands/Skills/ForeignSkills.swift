import FileSystem
import SkillArchive
import SkillInstaller
import SkillSources
import Skills
import SystemPackage

/// Skills that another program lists, as sources of ours; reads them, and changes nothing.
struct ForeignSkills: Sendable {
  private struct Candidate: Sendable {
    let skill: ForeignSkill
    let slug: SkillSlug
    let source: SkillSource
  }

  /// Errors that concern one skill, so that the others are taken all the same.
  private static let codesOfOneSkill: Set<ErrorCode> = [
    .usage, .notFound, .validationError, .archiveRefused, .conflict, .fileTooLarge, .payloadTooLarge,
  ]

  private var candidates: [Candidate] = []
  private(set) var skipped: [UnmanagedSkills.Skipped] = []
  /// How many are in `skills.json` already.
  private(set) var known = 0

  /// - Parameter taken: Folders that `skills.json` has already.
  init(_ skills: [ForeignSkill], for targets: InstallTargets, without taken: Set<SkillSlug>) {
    for skill in skills {
      do throws(MeshError) {
        guard let slug = SkillSlug(deriving: skill.name) else {
          throw MeshError(.usage, "nothing in its name could name a folder")
        }
        if taken.contains(slug) {
          known += 1
          continue
        }
        if let other = candidates.first(where: { $0.slug == slug }) {
          throw MeshError(.conflict, "'\(other.skill.name)' goes to the folder of that name")
        }
        let source = try Self.source(of: skill, as: slug, for: targets)
        candidates.append(Candidate(skill: skill, slug: slug, source: source))
      } catch {
        skip(skill, error)
      }
    }
  }

  var sources: [SkillSource] { candidates.map(\.source) }

  private mutating func skip(_ skill: ForeignSkill, _ reason: MeshError) {
    skipped.append(UnmanagedSkills.Skipped(path: skill.name, reason: reason.message))
  }

  private static func source(
    of skill: ForeignSkill, as slug: SkillSlug, for targets: InstallTargets
  ) throws(MeshError) -> SkillSource {
    let project = FilePath.workingDirectory.pushing(targets.base)
    let source: SkillSource
    switch skill.origin {
    case .other(let reason): throw MeshError(.usage, reason)
    case .site(let address): source = .wellKnown(site: address, name: slug.rawValue)
    case .path(let text) where text.hasPrefix("/"): source = try SourcePath.source(text, for: targets)
    case .path(let text): source = try SourceSpecifier(parsing: text, relativeTo: project).source
    case .repository(let address, let ref, let folder):
      guard case .git(let url, nil, nil) = try SourceSpecifier(parsing: address, relativeTo: project).source else {
        throw MeshError(.usage, "'\(address)' is no address of a repository")
      }
      source = .git(url: url, ref: ref, folder: folder)
    }
    let written: SkillSource
    do {
      written = try SkillSource(parsing: source.description)
    } catch {
      throw MeshError(error, else: .usage)
    }
    // Otherwise skills.json would name another location.
    guard written == source else { throw MeshError(.usage, "what is behind its address cannot be written") }
    return source
  }

  /// Fetches what can be taken, and compares it with what is locked.
  ///
  /// - Parameter willRead: Is called with every source before it is read.
  /// - Returns: Each under the folder that it goes to, and a locked commit under the reference that is listed.
  /// - Throws: `integrityError` for content that is not what is locked; what is wrong with the network.
  mutating func read(
    with reader: SourceReader, willRead: (SkillSource) throws(MeshError) -> Void
  ) async throws(MeshError) -> [SourcedSkill] {
    var found: [SourcedSkill] = []
    for candidate in candidates {
      do throws(MeshError) {
        try willRead(candidate.source)
        found.append(try await Self.read(candidate, with: reader))
      } catch {
        guard Self.codesOfOneSkill.contains(error.code) else { throw error }
        skip(candidate.skill, error)
      }
    }
    return found
  }

  private static func read(
    _ candidate: Candidate, with reader: SourceReader
  ) async throws(MeshError) -> SourcedSkill {
    let source = candidate.skill.commit.map { candidate.source.at($0) } ?? candidate.source
    var found = try await reader.skill(at: source, as: candidate.slug)
    try compare(found, with: candidate.skill)
    if case .git(_, let ref, _) = candidate.source { found.source = found.source.at(ref) }
    found.suggestedFolder = candidate.slug
    return found
  }

  private static func compare(_ found: SourcedSkill, with skill: ForeignSkill) throws(MeshError) {
    guard let locked = skill.hash else { return }
    // Without all of the files nobody can tell, and what cannot be told is not taken.
    if let missing = found.leftOut.first(where: isHashed) {
      throw incomparable("'\(missing.path, limit: 120)' \(missing.explanation)", found)
    }
    let files: [SkillPath: [UInt8]]
    do {
      files = try ArchiveContents(.bytes(found.packed.bytes)).files
    } catch {
      throw MeshError(error, else: .internalError)
    }
    guard let hash = NpxSkillsHash.digest(of: files) else {
      throw incomparable("several of its files have names beyond ASCII", found)
    }
    guard hash != locked else { return }
    throw MeshError(
      .integrityError,
      "the files of '\(skill.name)' are not those of \(NpxSkillsLock.fileName): \(locked.hexadecimal) is locked, "
        + "\(hash.hexadecimal) is at \(found.source)",
      hint: "Nothing was changed. If the change is welcome, add what is there now, and import the rest after it: "
        + "agent-mesh skills add '\(found.source, limit: 600)'")
  }

  private static func incomparable(_ reason: Message, _ found: SourcedSkill) -> MeshError {
    MeshError(
      .validationError,
      "it cannot be compared with what \(NpxSkillsLock.fileName) locks: \(reason); its source is \(found.source)")
  }

  /// Whether the other program counts what is left out here: it passes over links, `.git` and `node_modules`.
  private static func isHashed(_ item: LeftOut) -> Bool {
    switch item.reason {
    case .link, .submodule, .specialFile, .output: false
    case .reserved, .ignoredByDefault, .ignoredBySkillignore:
      !item.path.split(separator: "/").contains { $0 == ".git" || $0 == "node_modules" }
    }
  }
}

extension SkillSource {
  /// The same folder of a repository at another branch, tag or commit; other sources as they are.
  fileprivate func at(_ ref: String?) -> SkillSource {
    guard case .git(let url, _, let folder) = self else { return self }
    return .git(url: url, ref: ref, folder: folder)
  }
}

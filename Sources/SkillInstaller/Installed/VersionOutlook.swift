import FoundationSubset
import RegistryAPI
import Skills

/// Where a skill stands among the versions that its registry has.
package struct VersionOutlook: Hashable, Sendable, Codable {
  package let folder: String
  /// `author/slug`, or the source.
  package let reference: String
  package let current: String?
  /// What an update would move to: the newest version in every range that holds for the skill, or the pinned one.
  package private(set) var wanted: String?
  /// The newest of all that can be had; the same for a skill that nothing newer is there for.
  package private(set) var latest: String?
  /// A version in the ranges, newer than the wanted one, that is too young to be taken unasked.
  package private(set) var tooNew: String?
  /// Whether the latest one is too young, too.
  package private(set) var latestIsTooNew = false
  /// Of the current version: `published`, `yanked`, `withdrawn`, `quarantined`, or `unlisted`; nil where it is not
  /// known.
  package private(set) var status: String?
  /// Why it is yanked or quarantined, as its author or the operator says.
  package private(set) var reason: String?
  /// What the skill is called now, which an update takes over; nil where that is `reference`.
  package private(set) var renamedTo: String?
  package private(set) var isPinned = false
  /// Whether there is something newer that may be taken.
  package private(set) var isOutdated = false
  /// Why the registry could not say; a stable code.
  package private(set) var error: String?
  package private(set) var message: String?

  enum CodingKeys: String, CodingKey {
    case folder, reference, current, wanted, latest, tooNew, latestIsTooNew, status, reason, renamedTo, error, message
    case isPinned = "pinned"
    case isOutdated = "outdated"
  }

  /// A skill of which nothing more is known.
  init(_ skill: LockedSkill) {
    folder = skill.folder.rawValue
    reference = skill.reference
    current = skill.version
  }

  init(_ skill: LockedSkill, failing failure: MeshError) {
    self.init(skill)
    error = failure.wireCode
    message = failure.message
  }

  /// What holds for a skill.
  struct Demand: Sendable {
    /// One for each who wants it; nil for any version.
    var ranges: [VersionRange?]
    var isPinned = false
    /// What was published later is too new.
    var publishedBefore: Date?
  }

  /// - Throws: `integrityError` for an index that cannot be right.
  init(
    _ skill: LockedSkill, at number: SemanticVersion, in index: IndexDocument, _ demand: Demand
  ) throws(MeshError) {
    self.init(skill)
    let entry = try index.entry(of: number)
    status = entry?.status.rawValue ?? "unlisted"
    reason = entry?.reason
    renamedTo = index.presentName
    isPinned = demand.isPinned
    let published = try index.numbered().filter { $0.entry.status == .published }
    let ahead = published.filter { $0.number >= number }
    let young = Set(published.filter { $0.entry.publishedAt > demand.publishedBefore ?? .distantFuture }.map(\.number))
    let inRange = Self.admitted(ahead.map(\.number), by: demand.ranges)
    let newest = Self.admitted((ahead.isEmpty ? published : ahead).map(\.number), by: [nil]).max()
    let choice = demand.isPinned ? number : max(inRange.filter { !young.contains($0) }.max() ?? number, number)
    wanted = choice.description
    latest = newest?.description
    if let waiting = inRange.max(), waiting > choice, !demand.isPinned { tooNew = waiting.description }
    latestIsTooNew = newest.map { $0 > number && young.contains($0) } ?? false
    isOutdated = !isPinned && (choice > number || (newest.map { $0 > number } ?? false) && !latestIsTooNew)
  }

  /// As the resolver sees it: without a range pre-releases only where there is nothing else.
  private static func admitted(_ numbers: [SemanticVersion], by ranges: [VersionRange?]) -> [SemanticVersion] {
    let hasStable = numbers.contains { !$0.isPrerelease }
    return numbers.filter { number in
      ranges.allSatisfy { $0.map { $0.contains(number) } ?? (number.isPrerelease != hasStable) }
    }
  }
}

extension SkillInstaller {
  /// Where every skill of this place stands, sorted by folder; each registry is asked once.
  ///
  /// What cannot be said of a skill is in its row.
  package func outlook(_ options: InstallOptions) async throws -> [VersionOutlook] {
    let state = try ProjectState(targets)
    let skills = state.former.skills
    let answers = try await indexes(of: skills)
    let limit = options.minimumAge.map { options.now.addingTimeInterval(-Double($0.seconds)) }
    return skills.map { skill in
      if let conflict = state.manifest.flatMap(skill.registryConflict(with:)) {
        return VersionOutlook(skill, failing: conflict)
      }
      guard let name = skill.name, let number = skill.number, let answer = answers[name] else {
        return VersionOutlook(skill)
      }
      let demand = VersionOutlook.Demand(
        ranges: Self.ranges(of: name, state), isPinned: state.manifest?.pins[name] != nil, publishedBefore: limit)
      do throws(MeshError) {
        return try VersionOutlook(skill, at: number, in: answer.get(), demand)
      } catch {
        return VersionOutlook(skill, failing: error)
      }
    }
  }

  /// What the manifest and the other skills want of a skill; any version where nobody says anything.
  private static func ranges(of name: SkillName, _ state: ProjectState) -> [VersionRange?] {
    let needed = state.former.skills.flatMap(\.dependencies).filter { $0.name == name }.map(\.range)
    let wanted = state.manifest?.skills[name].map { [$0.range] } ?? []
    return wanted.isEmpty && needed.isEmpty ? [nil] : wanted + needed
  }
}

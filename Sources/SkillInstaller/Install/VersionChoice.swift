import RegistryAPI
import Skills

extension IndexDocument {
  /// The version that `range` asks for: the newest it allows; without a range the newest stable one, else the newest.
  ///
  /// - Throws: `gone`, `notFound` or `integrityError`, naming what there is.
  package func candidate(for range: VersionRange?) throws(MeshError) -> Candidate {
    let skill = try parsedName()
    let published = try numbered().filter { $0.entry.status == .published }
    guard !published.isEmpty else {
      throw MeshError(.gone, "every version of \(name) was withdrawn by its author")
    }
    let numbers = published.map(\.number)
    let wanted = range.map { $0.newest(of: numbers) } ?? Self.newest(of: numbers)
    guard let wanted, let match = published.first(where: { $0.number == wanted }) else {
      throw noMatch(for: range, among: numbers)
    }
    return Candidate(name: skill, number: wanted, entry: match.entry, isPrivate: isPrivate)
  }

  /// The newest stable version that is newer than `current`; a pre-release moves to newer pre-releases, too.
  package func candidate(newerThan current: SemanticVersion) throws(MeshError) -> Candidate? {
    let published = try numbered().filter { $0.entry.status == .published && $0.number > current }
    let allowed = current.isPrerelease ? published : published.filter { !$0.number.isPrerelease }
    guard let newest = allowed.max(by: { $0.number < $1.number }) else { return nil }
    return Candidate(name: try parsedName(), number: newest.number, entry: newest.entry, isPrivate: isPrivate)
  }

  /// The version that is installed, withdrawn or not; nil when the registry does not know it.
  func candidate(installed current: SemanticVersion) throws(MeshError) -> Candidate? {
    guard let entry = try entry(of: current) else { return nil }
    return Candidate(name: try parsedName(), number: current, entry: entry, isPrivate: isPrivate)
  }

  /// The entry of exactly this version, withdrawn or not.
  package func entry(of version: SemanticVersion) throws(MeshError) -> Version? {
    try numbered().first { $0.number.withoutBuild == version.withoutBuild }?.entry
  }

  private static func newest(of numbers: [SemanticVersion]) -> SemanticVersion? {
    numbers.filter { !$0.isPrerelease }.max() ?? numbers.max()
  }

  private func parsedName() throws(MeshError) -> SkillName {
    do {
      return try SkillName(parsing: name)
    } catch {
      throw broken("\(error)")
    }
  }

  /// The entries with their numbers.
  ///
  /// - Throws: `integrityError` for an entry that cannot be right, or for a number that is there twice: which of the
  ///   two is meant must not be left to chance.
  private func numbered() throws(MeshError) -> [(number: SemanticVersion, entry: Version)] {
    var result: [(number: SemanticVersion, entry: Version)] = []
    var numbers: Set<SemanticVersion> = []
    for entry in versions {
      let number: SemanticVersion
      do {
        number = try SemanticVersion(parsing: entry.version)
      } catch {
        throw broken("\(error)")
      }
      guard entry.size > 0 else { throw broken("\(number) has a size of \(entry.size) bytes") }
      guard numbers.insert(number.withoutBuild).inserted else { throw broken("it lists \(number) twice") }
      result.append((number, entry))
    }
    return result
  }

  private func broken(_ reason: String) -> MeshError {
    MeshError(
      .integrityError, "the index of \(TerminalText.escaped(name, limit: 120)) is broken: \(reason)",
      hint: "Report it to the registry.")
  }

  private func noMatch(for range: VersionRange?, among numbers: [SemanticVersion]) -> MeshError {
    let withdrawn = versions.first { entry in entry.status == .withdrawn && range?.exact?.description == entry.version }
    if withdrawn != nil {
      return MeshError(.gone, "\(name)@\(range?.description ?? "") was withdrawn by its author")
    }
    let newest = numbers.sorted(by: >).prefix(5).map(\.description).joined(separator: ", ")
    return MeshError(
      .notFound, "\(name) has no version that matches '\(range?.description ?? "*")'", hint: "There are: \(newest).")
  }
}

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
      throw MeshError(.integrityError, "the index is broken: \(error)")
    }
  }

  private func numbered() throws(MeshError) -> [(number: SemanticVersion, entry: Version)] {
    var result: [(number: SemanticVersion, entry: Version)] = []
    for entry in versions {
      do {
        result.append((try SemanticVersion(parsing: entry.version), entry))
      } catch {
        throw MeshError(.integrityError, "the index of \(name) is broken: \(error)")
      }
    }
    return result
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

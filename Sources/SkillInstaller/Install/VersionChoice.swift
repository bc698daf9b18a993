import RegistryAPI
import Skills

extension IndexDocument {
  /// - Throws: `gone`, `notFound` or `quarantined`, naming what there is, when nothing that somebody asked for by name
  ///   can be had.
  package func refuseMissing(_ reference: SkillReference) throws(MeshError) {
    let all = try numbered()
    let served = all.filter { $0.entry.status.isServed }
    guard !served.isEmpty else {
      if let held = all.first(where: { $0.entry.status == .quarantined }) { throw quarantined(held) }
      throw MeshError(.gone, "every version of \(name) was withdrawn by its author")
    }
    guard let range = reference.range, range.newest(of: served.map(\.number)) == nil else { return }
    if let exact = range.exact, let match = all.first(where: { $0.number.withoutBuild == exact }) {
      if match.entry.status == .quarantined { throw quarantined(match) }
      throw MeshError(.gone, "\(name)@\(range) was withdrawn by its author")
    }
    let newest = served.map(\.number).sorted(by: >).prefix(5).map(\.description).joined(separator: ", ")
    throw MeshError(.notFound, "\(name) has no version that matches '\(range)'", hint: "There are: \(newest).")
  }

  /// The entry of exactly this version, withdrawn or not.
  package func entry(of version: SemanticVersion) throws(MeshError) -> Version? {
    try numbered().first { $0.number.withoutBuild == version.withoutBuild }?.entry
  }

  private func quarantined(_ held: (number: SemanticVersion, entry: Version)) -> MeshError {
    let reason: Message = held.entry.reason.map { ": \($0, limit: 500)" } ?? ""
    return MeshError(
      .quarantined, "\(name)@\(held.number) was quarantined by the registry's operator\(reason)",
      hint: "Ask the registry's operator.")
  }

  /// The entries with their numbers.
  ///
  /// - Throws: `integrityError` for an entry that cannot be right, or for a number that is there twice: which of the
  ///   two is meant must not be left to chance.
  package func numbered() throws(MeshError) -> [(number: SemanticVersion, entry: Version)] {
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

  private func broken(_ reason: Message) -> MeshError {
    MeshError(
      .integrityError, "the index of \(name, limit: 120) is broken: \(reason)",
      hint: "Report it to the registry.")
  }
}

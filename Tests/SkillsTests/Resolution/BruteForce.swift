@testable import Skills

/// Tries every choice of versions of a few skills: slow, and too simple to be wrong.
struct BruteForce {
  var shelf: [SkillName: [AvailableVersion]]
  var request: ResolutionRequest

  var isSolvable: Bool {
    var choices: [[SkillName: SemanticVersion]] = [[:]]
    for (name, versions) in shelf {
      choices += choices.flatMap { choice in versions.map { choice.merging([name: $0.number]) { $1 } } }
    }
    return choices.contains(where: isValid)
  }

  func isValid(_ choice: [SkillName: SemanticVersion]) -> Bool {
    request.roots.allSatisfy { isMet($0, by: choice) }
      && choice.allSatisfy { name, number in
        guard let version = shelf[name]?.first(where: { $0.number == number }) else { return false }
        if let pin = request.pins[name], pin != number { return false }
        return version.dependencies.allSatisfy { isMet($0, by: choice) }
      }
  }

  private func isMet(_ reference: SkillReference, by choice: [SkillName: SemanticVersion]) -> Bool {
    guard let number = choice[reference.name] else { return false }
    guard let versions = shelf[reference.name], let version = versions.first(where: { $0.number == number }) else {
      return false
    }
    if let range = reference.range {
      return range.contains(number) && mayBeTaken(version, of: reference.name)
    }
    if isKept(version, of: reference.name) { return true }
    let wanted = request.roots.contains { root in
      root.name == reference.name && root.range?.contains(number) == true && number.isPrerelease
    }
    let isPlain = !number.isPrerelease || !versions.contains { !$0.number.isPrerelease && !$0.isYanked }
    return mayBeTaken(version, of: reference.name) && (isPlain || wanted)
  }

  private func mayBeTaken(_ version: AvailableVersion, of name: SkillName) -> Bool {
    if isKept(version, of: name) { return true }
    return !version.isYanked && version.publishedAt <= request.publishedBefore ?? .distantFuture
  }

  private func isKept(_ version: AvailableVersion, of name: SkillName) -> Bool {
    let number = version.number
    return request.locked[name] == number || request.pins[name] == number
      || request.roots.contains { $0.name == name && $0.range?.exact != nil && $0.range?.contains(number) == true }
  }
}

import FoundationSubset

/// A version that can be had, with what the resolver has to know of it.
package struct AvailableVersion: Sendable, Hashable {
  package var number: SemanticVersion
  package var dependencies: [SkillReference]
  package var isYanked: Bool
  package var publishedAt: Date

  package init(
    number: SemanticVersion, dependencies: [SkillReference] = [], isYanked: Bool = false,
    publishedAt: Date = .distantPast
  ) {
    self.number = number
    self.dependencies = dependencies
    self.isYanked = isYanked
    self.publishedAt = publishedAt
  }
}

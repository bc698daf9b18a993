import FoundationSubset

/// A version that would have been chosen, had it not been for its state.
package struct PassedOver: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    case yanked
    /// The operator of the registry quarantined it, for this reason.
    case quarantined(String?)
    case tooNew(publishedAt: Date)
    /// It needs something that we cannot read, says this sentence.
    case unreadable(String)
    /// Others need an older one; their names and versions.
    case notAllowed(by: [String])
  }

  package var name: SkillName
  package var number: SemanticVersion
  package var reason: Reason

  package init(name: SkillName, number: SemanticVersion, reason: Reason) {
    self.name = name
    self.number = number
    self.reason = reason
  }
}

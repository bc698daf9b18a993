import Foundation

/// A version that would have been chosen, had it not been for its state.
package struct PassedOver: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    case yanked
    case tooNew(publishedAt: Date)
  }

  package var name: SkillName
  package var number: SemanticVersion
  package var reason: Reason
}

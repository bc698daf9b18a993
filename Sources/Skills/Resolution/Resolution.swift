/// One version of every skill that is wanted, directly or by another one.
package struct Resolution: Sendable, Hashable {
  package var versions: [SkillName: SemanticVersion]
  /// Newer versions that all who want the skill would have taken, sorted by name, the newest first.
  package var passedOver: [PassedOver]
}

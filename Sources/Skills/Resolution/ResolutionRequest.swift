import FoundationSubset

/// What is wanted, and what is to be kept: everything that a resolution depends on but the versions there are.
package struct ResolutionRequest: Sendable {
  /// What the project itself wants.
  ///
  /// Without a range any version will do that is no pre-release, or the newest pre-release where there is nothing
  /// else.
  package var roots: [SkillReference]
  /// Of the roots those that nobody of the project wrote, such as what a skill of no registry needs: naming a version
  /// exactly allows it no more than in any other skill.
  package var borrowed: Set<SkillReference> = []
  /// What was resolved before: preferred while it is allowed, also when it was yanked since.
  package var locked: [SkillName: SemanticVersion] = [:]
  /// The only version that may be chosen of a skill, also when it is yanked.
  package var pins: [SkillName: SemanticVersion] = [:]
  /// The cool-down: versions published later are passed over unless they are locked, pinned or named exactly by
  /// the project.
  package var publishedBefore: Date?
  /// The age that `publishedBefore` stands for, to tell people how long to wait.
  package var minimumAge: MinimumAge?

  package init(roots: [SkillReference]) {
    self.roots = roots
  }
}

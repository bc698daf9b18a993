import Skills

/// Who looks at a page on which owners of a skill decide over it.
struct OwnedSkillVisit: Sendable {
  var person: Person
  var skill: SkillName
}

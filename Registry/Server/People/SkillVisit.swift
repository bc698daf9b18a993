/// Who looks at a skill.
struct SkillVisit: Sendable {
  var visitor: Visitor
  var skill: CatalogEntry
}

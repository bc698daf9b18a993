import RegistryAPI
import RegistryStore

/// A skill in a list of them.
struct SkillRow: Sendable {
  var skillPath: String
  var skillName: [TextPiece]
  var skillVersion: String
  var summary: [TextPiece]
  var author: String
  var authorPath: String
  var updated: PageTime
  /// Nil for none.
  var installCount: String?
  var isHidden: Bool

  init(_ found: FoundSkill, matching query: SearchQuery = SearchQuery("")) {
    let name = found.skill.name
    skillPath = Route.skillPage.path(of: name)
    skillName = TextPiece.all(of: "\(name)", matching: query)
    skillVersion = found.version
    summary = TextPiece.all(of: found.description, matching: query)
    author = name.author.rawValue
    authorPath = Route.authorPage.path([author])
    updated = PageTime(found.skill.updatedAt)
    installCount = found.downloadCount == 0 ? nil : found.downloadCount.counted("download")
    isHidden = found.skill.isPrivate
  }
}

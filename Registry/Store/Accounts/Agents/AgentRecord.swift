import Foundation
import Skills

/// An agent as the store keeps it, with the skills that whoever asked may know of.
package struct AgentRecord: Sendable {
  package var id: AgentID
  /// Its number in the database.
  package var number: Int64
  package var authorID: Int64
  package var author: AuthorName
  /// The account that its author is; nil for an organisation, and for an author without an account.
  package var ownerAccount: AccountID?
  package var name: String
  /// Unique among the agents of its author; it stays when the agent gets another name.
  package var slug: String
  package var description: String?
  package var agentType: String
  package var visibility: AgentVisibilityKind
  package var isPublished: Bool
  package var capabilities: [String]
  package var limits: AgentLimitValues
  /// 1 to 5; nil when nobody has rated it.
  package var averageRating: Double?
  package var ratingCount: Int
  package var skills: [CarriedSkillRecord]
  package var createdAt: Date
  package var updatedAt: Date?
  /// To the minute or so.
  package var lastOnlineAt: Date?

  static let columns: StaticString = """
    agents.id, uid, agents.author_id, authors.name AS author, accounts.id AS owner_account, agents.name AS agent_name,
    agents.slug, agents.description, agent_type, is_private, is_published, max_calls_per_hour,
    max_calls_per_user_per_day, allow_a2a, rating_sum, rating_count, agents.created_at, updated_at, last_online_at
    """

  /// What `columns` are of.
  static let tables: StaticString = """
    agents JOIN authors ON authors.id = agents.author_id LEFT JOIN accounts ON accounts.author_id = agents.author_id
    """

  /// Reads `columns`; capabilities and skills are rows of their own.
  init(_ row: SQLRow) throws {
    id = try row.agentID("uid")
    number = try row.integer("id")
    authorID = try row.integer("author_id")
    author = try AuthorName(parsing: row.text("author"))
    ownerAccount = try row.optional("owner_account", row.accountID)
    name = try row.text("agent_name")
    slug = try row.text("slug")
    description = try row.optional("description", row.text)
    agentType = try row.text("agent_type")
    visibility = try row.bool("is_private") ? .private : .public
    isPublished = try row.bool("is_published")
    capabilities = []
    limits = AgentLimitValues(
      maxCallsPerHour: Int(try row.integer("max_calls_per_hour")),
      maxCallsPerUserPerDay: Int(try row.integer("max_calls_per_user_per_day")), allowA2A: try row.bool("allow_a2a"))
    ratingCount = Int(try row.integer("rating_count"))
    let sum = try row.integer("rating_sum")
    averageRating = ratingCount == 0 ? nil : Double(sum) / Double(ratingCount)
    skills = []
    createdAt = try row.date("created_at")
    updatedAt = try row.optional("updated_at", row.date)
    lastOnlineAt = try row.optional("last_online_at", row.date)
  }

  /// Whether it is everybody's to see.
  package var isPublic: Bool { isPublished && visibility == .public }
}

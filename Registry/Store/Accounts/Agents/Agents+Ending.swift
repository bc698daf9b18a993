import Foundation
import Skills

/// How agents end, and what the end of an account or the transfer of an organisation does to them.
extension Agents {
  /// Nothing that an agent said stays, and nothing that lets somebody connect or see it.
  static func end(agents numbers: [Int64], at time: Date, on connection: any SQLConnection) throws {
    if numbers.isEmpty { return }
    let statements: [SQL] = [
      """
      UPDATE tokens SET name = NULL, revoked_at = coalesce(revoked_at, \(time)) WHERE agent_id IN (\(list: numbers))
      """,
      "DELETE FROM agent_tickets WHERE agent_id IN (\(list: numbers))",
      "DELETE FROM agent_grants WHERE agent_id IN (\(list: numbers))",
      "DELETE FROM agent_skills WHERE agent_id IN (\(list: numbers))",
      "DELETE FROM agent_capabilities WHERE agent_id IN (\(list: numbers))",
      "DELETE FROM agent_ratings WHERE agent_id IN (\(list: numbers))",
      """
      UPDATE agents SET name = '', slug = uid, description = NULL, deleted_at = \(time)
      WHERE id IN (\(list: numbers))
      """,
    ]
    for statement in statements { try connection.execute(statement) }
  }

  static func end(agentsOfAuthor id: Int64, at time: Date, on connection: any SQLConnection) throws {
    let rows = try connection.rows("SELECT id FROM agents WHERE author_id = \(id) AND deleted_at IS NULL")
    try end(agents: rows.map { try $0.integer("id") }, at: time, on: connection)
  }

  /// What else an account leaves; the averages that its ratings are in stay.
  static func erasure(of account: AccountID) -> [SQL] {
    [
      "DELETE FROM agent_tickets WHERE account_id = \(account)",
      "DELETE FROM agent_ratings WHERE account_id = \(account)",
    ]
  }

  /// Ends what members of an organisation can connect and see of its agents, before they cease to be members.
  static func dropAccess(
    ofMembersOf organisation: Int64, except recipient: AccountID, at time: Date, on connection: any SQLConnection
  ) throws {
    let statements: [SQL] = [
      """
      DELETE FROM agent_tickets WHERE agent_id IN (SELECT id FROM agents WHERE author_id = \(organisation))
      """,
      """
      UPDATE tokens SET revoked_at = \(time)
      WHERE revoked_at IS NULL AND account_id IS DISTINCT FROM \(recipient)
        AND agent_id IN (SELECT id FROM agents WHERE author_id = \(organisation))
      """,
      """
      DELETE FROM agent_grants WHERE agent_id IN (SELECT id FROM agents WHERE author_id = \(organisation))
        AND author_id IN (
          SELECT accounts.author_id FROM accounts JOIN members ON members.account_id = accounts.id
          WHERE members.author_id = \(organisation) AND accounts.id <> \(recipient))
      """,
    ]
    for statement in statements { try connection.execute(statement) }
  }
}

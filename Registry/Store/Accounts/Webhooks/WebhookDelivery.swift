/// A callback that is to be made now.
package struct WebhookDelivery: Sendable {
  package let number: Int64
  /// The same in every attempt, so that whoever is called can tell a repetition.
  package let id: String
  /// To whom it goes.
  package let account: AccountID
  package let url: String
  package let event: String
  /// JSON.
  package let body: String
  /// From 1.
  package let attempt: Int
  /// What it is signed with; nil for an account that has made none.
  package let key: Secret?

  init(_ row: SQLRow) throws {
    number = try row.integer("id")
    id = try row.text("uid")
    account = try row.accountID("account_id")
    url = try row.text("url")
    event = try row.text("event")
    body = try row.text("body")
    attempt = Int(try row.integer("attempts")) + 1
    key = try row.optional("secret", row.text).flatMap { Secret(presented: $0) }
  }
}

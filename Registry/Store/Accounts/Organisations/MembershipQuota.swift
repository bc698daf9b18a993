extension Accounts {
  /// Members that an organisation can have.
  package static let maximumMembers = 1_000
  /// Organisations that an account can be in: each of its requests reads them all.
  package static let maximumOrganisations = 200

  /// To be asked after a member was entered, in the same transaction.
  ///
  /// - Throws: `QuotaRefusal`.
  static func demandRoom(
    for account: AccountID, in organisation: Int64, on connection: any SQLConnection
  ) throws {
    let members = try connection.row("SELECT count(*) AS number FROM members WHERE author_id = \(organisation)")
    guard try members?.integer("number") ?? 0 <= maximumMembers else { throw QuotaRefusal.members }
    let organisations = try connection.row("SELECT count(*) AS number FROM members WHERE account_id = \(account)")
    guard try organisations?.integer("number") ?? 0 <= maximumOrganisations else { throw QuotaRefusal.organisations }
  }
}

extension Accounts {
  /// What an account is in its organisations, by their authors' numbers.
  static func roles(of account: AccountID, on connection: any SQLConnection) throws -> [Int64: Role] {
    let rows = try connection.rows("SELECT author_id, role FROM members WHERE account_id = \(account)")
    return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.integer("author_id"), try $0.role("role")) })
  }
}

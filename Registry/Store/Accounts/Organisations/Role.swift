/// What a member of an organisation may do; each may do what those below it may.
package enum Role: String, Sendable, Hashable, CaseIterable, Comparable, Codable {
  /// Reads its private skills.
  case reader
  /// Publishes and yanks, both of which a later version or an undone yank makes good.
  case publisher
  /// Withdraws, which is for good, and changes the organisation and its members.
  case owner

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .reader: 0
    case .publisher: 1
    case .owner: 2
    }
  }
}

extension SQLRow {
  func role(_ column: String) throws(StoreFailure) -> Role {
    guard let role = Role(rawValue: try text(column)) else { throw .corrupt("column \(column) is no role") }
    return role
  }
}

extension Role: SQLValueConvertible {
  package var sqlValue: SQLValue { .text(rawValue) }
}

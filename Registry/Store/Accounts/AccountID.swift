/// The number of an account, which is never given to another one.
///
/// A type of its own, because authors have numbers, too.
package struct AccountID: Hashable, Sendable, SQLValueConvertible {
  package let rawValue: Int64

  package init(_ rawValue: Int64) {
    self.rawValue = rawValue
  }

  package var sqlValue: SQLValue { .integer(rawValue) }
}

extension SQLRow {
  func accountID(_ column: String) throws(StoreFailure) -> AccountID { AccountID(try integer(column)) }
}

import Foundation
import Skills

/// What a column holds.
package enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])
}

/// A type with one way to stand in a column.
package protocol SQLValueConvertible: Sendable {
  var sqlValue: SQLValue { get }
}

extension Int64: SQLValueConvertible {
  package var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLValueConvertible {
  package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Bool: SQLValueConvertible {
  package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension String: SQLValueConvertible {
  package var sqlValue: SQLValue { .text(self) }
}

extension Digest: SQLValueConvertible {
  package var sqlValue: SQLValue { .blob(bytes) }
}

/// Milliseconds since 1970.
extension Date: SQLValueConvertible {
  package var sqlValue: SQLValue { .integer(Int64((timeIntervalSince1970 * 1000).rounded())) }

  /// What a column gives back.
  var asStored: Date { Date(timeIntervalSince1970: (timeIntervalSince1970 * 1000).rounded() / 1000) }
}

import Foundation
import Skills

/// One row of an answer.
///
/// Every reader throws `StoreFailure.corrupt` when the column is not what the schema promises.
package struct SQLRow: Sendable {
  /// In the order of the values, and shared by the rows of one answer; of two with one name the first counts.
  let columns: [String]
  let values: [SQLValue]

  private subscript(_ column: String) -> SQLValue? { columns.firstIndex(of: column).map { values[$0] } }

  package func integer(_ column: String) throws(StoreFailure) -> Int64 {
    guard case .integer(let value) = self[column] else { throw .corrupt("column \(column) is no integer") }
    return value
  }

  package func text(_ column: String) throws(StoreFailure) -> String {
    guard case .text(let value) = self[column] else { throw .corrupt("column \(column) is no text") }
    return value
  }

  package func bool(_ column: String) throws(StoreFailure) -> Bool { try integer(column) != 0 }

  package func date(_ column: String) throws(StoreFailure) -> Date {
    Date(timeIntervalSince1970: Double(try integer(column)) / 1000)
  }

  package func digest(_ column: String) throws(StoreFailure) -> Digest {
    guard case .blob(let bytes) = self[column], let digest = Digest(raw: bytes) else {
      throw .corrupt("column \(column) is no digest")
    }
    return digest
  }

  package func optional<Value>(
    _ column: String, _ read: (String) throws(StoreFailure) -> Value
  ) throws(StoreFailure) -> Value? {
    guard let value = self[column], value != .null else { return nil }
    return try read(column)
  }
}

import Foundation
import Skills

/// One row of an answer.
///
/// Every reader throws `StoreFailure.corrupt` when the column is not what the schema promises.
package struct SQLRow: Sendable {
  private let values: [String: SQLValue]

  package init(_ values: [String: SQLValue]) {
    self.values = values
  }

  package func isNull(_ column: String) -> Bool { values[column] == nil || values[column] == .null }

  package func integer(_ column: String) throws(StoreFailure) -> Int64 {
    guard case .integer(let value) = values[column] else { throw .corrupt("column \(column) is no integer") }
    return value
  }

  package func text(_ column: String) throws(StoreFailure) -> String {
    guard case .text(let value) = values[column] else { throw .corrupt("column \(column) is no text") }
    return value
  }

  package func bool(_ column: String) throws(StoreFailure) -> Bool { try integer(column) != 0 }

  package func date(_ column: String) throws(StoreFailure) -> Date {
    Date(timeIntervalSince1970: Double(try integer(column)) / 1000)
  }

  package func digest(_ column: String) throws(StoreFailure) -> Digest {
    guard case .blob(let bytes) = values[column], let digest = Digest(raw: bytes) else {
      throw .corrupt("column \(column) is no digest")
    }
    return digest
  }

  package func optional<Value>(
    _ column: String, _ read: (String) throws(StoreFailure) -> Value
  ) throws(StoreFailure) -> Value? {
    isNull(column) ? nil : try read(column)
  }
}

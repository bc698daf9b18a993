import Foundation

/// What everybody but the database calls an agent by: a UUID in lower case.
package struct AgentID: RawRepresentable, Hashable, Sendable, SQLValueConvertible, CustomStringConvertible {
  package let rawValue: String

  /// A new one.
  package init() {
    rawValue = UUID().uuidString.lowercased()
  }

  /// Nil unless it is a UUID as this registry writes it.
  package init?(rawValue: String) {
    guard let id = AgentID(parsing: rawValue), id.rawValue == rawValue else { return nil }
    self = id
  }

  /// Reads a UUID in either case; nil for anything else.
  package init?(parsing text: String) {
    guard text.utf8.count == 36, let uuid = UUID(uuidString: text) else { return nil }
    rawValue = uuid.uuidString.lowercased()
  }

  package var description: String { rawValue }
  package var sqlValue: SQLValue { .text(rawValue) }
}

extension SQLRow {
  func agentID(_ column: String) throws(StoreFailure) -> AgentID {
    guard let id = AgentID(rawValue: try text(column)) else { throw .corrupt("column \(column) is no agent") }
    return id
  }
}

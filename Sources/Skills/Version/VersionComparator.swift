/// One bound of a range: an operator and a version, compared by precedence.
package struct VersionComparator: Hashable, Sendable, CustomStringConvertible {
  package enum Relation: String, Sendable, CaseIterable {
    case equal = "="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package let relation: Relation
  /// Never with build metadata.
  package let version: SemanticVersion

  init(_ relation: Relation, _ version: SemanticVersion) {
    self.relation = relation
    self.version = version.withoutBuild
  }

  package func admits(_ other: SemanticVersion) -> Bool {
    switch relation {
    case .equal: other.hasSamePrecedence(as: version)
    case .less: other.precedes(version)
    case .lessOrEqual: !version.precedes(other)
    case .greater: version.precedes(other)
    case .greaterOrEqual: !other.precedes(version)
    }
  }

  package var description: String { relation.rawValue + version.description }
}

/// Which versions would do, in npm's grammar: `^1.2`, `~1.2.3`, `>=1 <3`, `1.x`, `1.2 - 2`, `^1 || ^2`, `*`.
///
/// A pre-release is in a range only when one of the bounds it was written with is a pre-release of the same three
/// numbers: nobody gets one without asking.
package struct VersionRange: Hashable, Sendable, CustomStringConvertible {
  package static let maximumBytes = 256
  package static let maximumComparators = 32

  /// The text that it was read from.
  package let description: String
  /// Lists of bounds, of which a version has to meet every bound of one.
  ///
  /// An empty list admits all. Intersecting two ranges is joining each list of one with each of the other.
  package let alternatives: [[VersionComparator]]

  /// Every version that is not a pre-release.
  package static let any = VersionRange(description: "*", alternatives: [[]])

  private init(description: String, alternatives: [[VersionComparator]]) {
    self.description = description
    self.alternatives = alternatives
  }

  /// - Throws: `VersionRefusal` for a text that npm would not take either, or one beyond the bounds.
  package init(parsing text: String) throws(VersionRefusal) {
    do throws(VersionGrammar.Fault) {
      self.init(description: text, alternatives: try RangeGrammar.alternatives(of: text))
    } catch {
      throw VersionRefusal(text: text, rule: error, nextStep: "write it as ^1.2.3, ~1.2, >=1.2 <2 or *")
    }
  }

  /// The range that holds `version` and what differs from it in build metadata alone.
  package init(exactly version: SemanticVersion) {
    self.init(description: version.description, alternatives: [[VersionComparator(.equal, version)]])
  }

  /// The version, when the range names a single one; its build metadata, if any, is left out.
  package var exact: SemanticVersion? {
    guard alternatives.count == 1, alternatives[0].count == 1, alternatives[0][0].relation == .equal else {
      return nil
    }
    return alternatives[0][0].version
  }

  package func contains(_ version: SemanticVersion) -> Bool {
    alternatives.contains { bounds in
      guard bounds.allSatisfy({ $0.admits(version) }) else { return false }
      return !version.isPrerelease
        || bounds.contains { $0.version.isPrerelease && $0.version.core == version.core }
    }
  }

  /// The greatest of `versions` that is in the range.
  package func newest(of versions: some Sequence<SemanticVersion>) -> SemanticVersion? {
    versions.lazy.filter(contains).max()
  }
}

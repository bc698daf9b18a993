/// A version by SemVer 2.0.0: `1.2.3`, `1.2.3-beta.1`, `1.2.3+build.5`.
///
/// It is text from the first byte to the last: what was read is what is written.
///
/// Two versions that differ in build metadata alone are unequal but have the same precedence; `<` then orders them by
/// the text of it, so that the order is total.
package struct SemanticVersion: Hashable, Sendable, CustomStringConvertible {
  package static let maximumBytes = 128
  /// What every reader of JSON can hold: 2^53 - 1.
  package static let maximumNumber: UInt64 = 9_007_199_254_740_991

  package let major: UInt64
  package let minor: UInt64
  package let patch: UInt64
  package let prerelease: [Identifier]
  /// What follows the plus sign; empty when there is none.
  package let build: String

  init(
    _ major: UInt64, _ minor: UInt64, _ patch: UInt64, prerelease: [Identifier] = [], build: String = ""
  ) {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.prerelease = prerelease
    self.build = build
  }

  /// What publishing uses when the document names no version.
  package static let initial = SemanticVersion(1, 0, 0)

  package var isPrerelease: Bool { !prerelease.isEmpty }

  /// The three numbers alone.
  package var core: SemanticVersion { SemanticVersion(major, minor, patch) }

  package var withoutBuild: SemanticVersion { SemanticVersion(major, minor, patch, prerelease: prerelease) }

  /// The very text that it was read from.
  package var description: String {
    var text = "\(major).\(minor).\(patch)"
    if isPrerelease { text += "-" + prerelease.map(\.description).joined(separator: ".") }
    if !build.isEmpty { text += "+" + build }
    return text
  }
}

extension SemanticVersion: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    if left.precedes(right) { return true }
    if right.precedes(left) { return false }
    return left.build.utf8.lexicographicallyPrecedes(right.build.utf8)
  }

  /// Whether this comes before `other` by SemVer section 11, which does not look at build metadata.
  package func precedes(_ other: SemanticVersion) -> Bool {
    if major != other.major { return major < other.major }
    if minor != other.minor { return minor < other.minor }
    if patch != other.patch { return patch < other.patch }
    if isPrerelease != other.isPrerelease { return isPrerelease }
    return prerelease.lexicographicallyPrecedes(other.prerelease)
  }

  package func hasSamePrecedence(as other: SemanticVersion) -> Bool {
    withoutBuild == other.withoutBuild
  }
}

extension SemanticVersion {
  /// One part of a pre-release: numbers come before words and count as numbers.
  package enum Identifier: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Digits without leading zeros, as many as there are: SemVer sets no bound.
    case number(String)
    case word(String)

    package static func < (left: Self, right: Self) -> Bool {
      switch (left, right) {
      case (.number(let left), .number(let right)):
        left.utf8.count == right.utf8.count
          ? left.utf8.lexicographicallyPrecedes(right.utf8) : left.utf8.count < right.utf8.count
      case (.number, .word): true
      case (.word, .number): false
      case (.word(let left), .word(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
      }
    }

    package var description: String {
      switch self {
      case .number(let text), .word(let text): text
      }
    }
  }
}

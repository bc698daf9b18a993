/// A step from one version to the next, as `npm version` takes it.
package enum VersionBump: Hashable, Sendable, CustomStringConvertible {
  case patch
  case minor
  case major
  case premajor
  case preminor
  case prepatch
  case prerelease
  case exact(SemanticVersion)

  private static let keywords: [VersionBump] = [.patch, .minor, .major, .premajor, .preminor, .prepatch, .prerelease]

  /// Reads a keyword or an exact version.
  package init(parsing text: String) throws(VersionRefusal) {
    if let keyword = Self.keywords.first(where: { $0.description == text }) {
      self = keyword
      return
    }
    do throws(VersionRefusal) {
      self = .exact(try SemanticVersion(parsing: text))
    } catch {
      let looksLikeVersion = text.utf8.contains { $0.isDigit }
      let words = "write patch, minor, major, premajor, preminor, prepatch, prerelease or a version such as 1.2.3"
      throw VersionRefusal(text: text, rule: error.rule, nextStep: looksLikeVersion ? error.nextStep : words)
    }
  }

  package var description: String {
    switch self {
    case .patch: "patch"
    case .minor: "minor"
    case .major: "major"
    case .premajor: "premajor"
    case .preminor: "preminor"
    case .prepatch: "prepatch"
    case .prerelease: "prerelease"
    case .exact(let version): version.description
    }
  }

  /// The version after the step.
  ///
  /// Build metadata does not survive one; an exact version is taken as it is. A pre-release that is not final yet
  /// counts as reaching its target: `patch` makes 1.2.3 of 1.2.3-beta.1.
  ///
  /// - Parameter preid: the word of a pre-release, such as `beta`; used by the four steps that make one.
  /// - Throws: `VersionRefusal` when `preid` is not one identifier or a number would grow beyond its bound.
  package func applied(to version: SemanticVersion, preid: String? = nil) throws(VersionRefusal) -> SemanticVersion {
    let identifier = try Self.identifier(preid)
    let next =
      switch self {
      case .patch: version.isPrerelease ? version.core : version.nextPatch
      case .minor: version.isPrerelease && version.patch == 0 ? version.core : version.nextMinor
      case .major:
        version.isPrerelease && version.minor == 0 && version.patch == 0 ? version.core : version.nextMajor
      case .premajor: version.nextMajor.startingPrerelease(identifier)
      case .preminor: version.nextMinor.startingPrerelease(identifier)
      case .prepatch: version.nextPatch.startingPrerelease(identifier)
      case .prerelease:
        version.isPrerelease
          ? version.nextPrerelease(identifier) : version.nextPatch.startingPrerelease(identifier)
      case .exact(let exact): exact
      }
    return try Self.checked(next, from: version)
  }

  private static func identifier(_ preid: String?) throws(VersionRefusal) -> SemanticVersion.Identifier? {
    guard let preid else { return nil }
    if let identifiers = try? VersionGrammar.prerelease(preid[...]), identifiers.count == 1 { return identifiers[0] }
    throw VersionRefusal(text: preid, rule: .notAnIdentifier, nextStep: "write it as beta")
  }

  /// The bounds hold for what is made, too: the text must be readable again.
  private static func checked(
    _ next: SemanticVersion, from version: SemanticVersion
  ) throws(VersionRefusal) -> SemanticVersion {
    do throws(VersionRefusal) {
      return try SemanticVersion(parsing: next.description)
    } catch {
      throw VersionRefusal(text: version.description, rule: error.rule, nextStep: "name the next version in full")
    }
  }
}

extension SemanticVersion {
  // The numbers are at most 2^53 - 1, so that adding one cannot overflow.
  var nextMajor: SemanticVersion { SemanticVersion(major + 1, 0, 0) }
  var nextMinor: SemanticVersion { SemanticVersion(major, minor + 1, 0) }
  var nextPatch: SemanticVersion { SemanticVersion(major, minor, patch + 1) }

  fileprivate func startingPrerelease(_ identifier: Identifier?) -> SemanticVersion {
    SemanticVersion(major, minor, patch, prerelease: (identifier.map { [$0] } ?? []) + [.number("0")])
  }

  /// Counts up the last number of the pre-release; another word than the present one starts at zero.
  fileprivate func nextPrerelease(_ identifier: Identifier?) -> SemanticVersion {
    if let identifier {
      guard prerelease.first == identifier, prerelease.count > 1, case .number = prerelease[1] else {
        return startingPrerelease(identifier)
      }
    }
    var next = prerelease
    for index in next.indices.reversed() {
      guard case .number(let digits) = next[index] else { continue }
      next[index] = .number(Self.successor(of: digits))
      return SemanticVersion(major, minor, patch, prerelease: next)
    }
    return SemanticVersion(major, minor, patch, prerelease: next + [.number("0")])
  }

  /// The next number after one of any length.
  private static func successor(of digits: String) -> String {
    var bytes = Array(digits.utf8)
    var index = bytes.count - 1
    while index >= 0, bytes[index] == UInt8(ascii: "9") {
      bytes[index] = UInt8(ascii: "0")
      index -= 1
    }
    if index < 0 { return "1" + String(decoding: bytes, as: UTF8.self) }
    bytes[index] += 1
    return String(decoding: bytes, as: UTF8.self)
  }
}

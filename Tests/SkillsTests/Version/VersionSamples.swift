import TestSupport

@testable import Skills

/// Random versions and ranges, drawn so that neighbours and equal cores are frequent.
enum VersionSamples {
  static func version(_ random: inout SplitMix64) -> SemanticVersion {
    var text = (0..<3).map { _ in String([0, 1, 2, 9, 10].randomElement(using: &random)!) }.joined(separator: ".")
    if Bool.random(using: &random) { text += "-" + identifiers(&random) }
    if Int.random(in: 0..<4, using: &random) == 0 { text += "+" + ["a", "b", "001"].randomElement(using: &random)! }
    return try! SemanticVersion(parsing: text)
  }

  static func range(_ random: inout SplitMix64) -> VersionRange {
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in alternative(&random) }
    return try! VersionRange(parsing: parts.joined(separator: " || "))
  }

  private static func alternative(_ random: inout SplitMix64) -> String {
    let first = version(&random).withoutBuild
    let second = version(&random).withoutBuild
    return switch Int.random(in: 0..<8, using: &random) {
    case 0: "^\(first)"
    case 1: "~\(first)"
    case 2: ">=\(first) <\(second)"
    case 3: "\(first) - \(second)"
    case 4: "\(first.major).\(first.minor)"
    case 5: "\(first.major).x"
    case 6: ">\(first)"
    default: "\(first)"
    }
  }

  private static func identifiers(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 1...3, using: &random))
      .map { _ in ["0", "1", "2", "10", "a", "alpha", "rc", "-", "1a"].randomElement(using: &random)! }
      .joined(separator: ".")
  }
}

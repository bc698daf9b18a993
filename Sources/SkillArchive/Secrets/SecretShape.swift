import Skills

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells what was drawn at random from what was written.
enum SecretShape {
  /// Five groups of hexadecimal digits with hyphens between them (RFC 9562).
  static func isUUID(_ value: ArraySlice<UInt8>) -> Bool {
    let groups = value.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(\.isHexDigit)
  }

  /// Whether a value mixes letters and digits as only generated ones do: at least 3.5 bits a character.
  static func isRandom(_ value: ArraySlice<UInt8>) -> Bool {
    value.contains { $0.isDigit } && value.contains { $0.isLetter } && entropy(of: value) >= 3.5
  }

  /// Bits a character by the frequencies in the value itself (Shannon).
  private static func entropy(of value: ArraySlice<UInt8>) -> Double {
    let counts = value.reduce(into: [UInt8: Double]()) { $0[$1, default: 0] += 1 }
    let total = Double(value.count)
    return counts.values.reduce(0) { $0 - $1 / total * log2($1 / total) }
  }
}

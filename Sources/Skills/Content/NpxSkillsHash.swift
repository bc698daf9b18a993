/// The `computedHash` of `npx skills`: SHA-256 over the path and then the bytes of every file of a skill, one behind
/// the other and with nothing between them.
///
/// The files are in the order of JavaScript's `localeCompare`, which is that of Unicode's collation: letters by the
/// alphabet, whatever their case, and behind everything else.
package enum NpxSkillsHash {
  /// - Returns: Nil where several files have names beyond ASCII, whose order takes tables that are not here.
  package static func digest(of files: [SkillPath: [UInt8]]) -> Digest? {
    let isPlain = files.keys.allSatisfy { path in path.string.utf8.allSatisfy { $0 < 0x80 } }
    guard isPlain || files.count == 1 else { return nil }
    var hasher = Digest.Hasher()
    for (path, bytes) in files.sorted(by: { comesFirst($0.key.string, $1.key.string) }) {
      hasher.update(Array(path.string.utf8))
      hasher.update(bytes)
    }
    return hasher.finalize()
  }

  /// Of two texts in ASCII; of two that differ in case alone, the one whose first other letter is lower case.
  static func comesFirst(_ left: String, _ right: String) -> Bool {
    let (first, second) = (left.utf8.map(weight), right.utf8.map(weight))
    if first != second { return first.lexicographicallyPrecedes(second) }
    return right.utf8.lexicographicallyPrecedes(left.utf8)
  }

  private static let order = Array(
    " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz".utf8)

  private static let weights: [Int] = (UInt8(0)..<128).map { byte in
    let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    return order.firstIndex(of: isUpper ? byte + 32 : byte) ?? order.count
  }

  private static func weight(_ byte: UInt8) -> Int { weights[Int(byte & 0x7F)] }
}

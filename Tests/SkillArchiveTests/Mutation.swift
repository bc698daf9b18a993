import TestSupport

/// Small damages as they happen, and as somebody would do them.
enum Mutation {
  static func mutate(
    _ bytes: [UInt8], others: [[UInt8]], using generator: inout SplitMix64
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      guard !bytes.isEmpty else { return bytes }
      mutateOnce(&bytes, others, &generator)
    }
    return bytes
  }

  private static func mutateOnce(_ bytes: inout [UInt8], _ others: [[UInt8]], _ generator: inout SplitMix64) {
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let block = place / 512 * 512
    let end = min(block + 512, bytes.count)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: bytes[place] = interesting.randomElement(using: &generator) ?? 0
    case 2: bytes.removeSubrange(block..<end)
    case 3: bytes.insert(contentsOf: bytes[block..<end], at: block)
    case 4: bytes.removeSubrange(place...)
    case 5:
      let other = others.randomElement(using: &generator) ?? []
      bytes.replaceSubrange(block..., with: other.dropFirst(min(block, other.count)))
    case 6: bytes.insert(interesting.randomElement(using: &generator) ?? 0, at: place)
    default: changeField(&bytes, block, &generator)
    }
  }

  /// Changes one byte of a header and makes its checksum right again, so that the fields themselves are reached.
  private static func changeField(_ bytes: inout [UInt8], _ block: Int, _ generator: inout SplitMix64) {
    guard block + 512 <= bytes.count else { return }
    let starts = [
      0, 1, 5, 99, 100, 106, 108, 124, 134, 135, 136, 147, 156, 157, 257, 262, 263, 265, 329, 345, 346, 499, 500,
    ]
    let offset = starts.randomElement(using: &generator) ?? 0
    bytes[block + offset] = interesting.randomElement(using: &generator) ?? 0
    let sum = (0..<512).reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(bytes[block + $1])) }
    bytes.replaceSubrange(block + 148..<block + 156, with: Array((octal(sum, 6) + "\u{0} ").utf8))
  }

  private static let interesting: [UInt8] =
    [0, 1, 0x20, 0x2E, 0x2F, 0x7F, 0x80, 0xC3, 0xFF] + Array("0123456789xgLKS57a\\:-".utf8)
}

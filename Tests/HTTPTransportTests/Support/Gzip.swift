/// Gzip data made by hand, so that a test knows every byte of it.
enum Gzip {
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

  /// `bytes`, at most 65535 of them, in one stored block.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let size = UInt16(bytes.count)
    let block = [1] + littleEndian(size) + littleEndian(~size) + bytes
    return header + block + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
  }

  /// About 160 times smaller than the zeros it stands for; the end is missing, because nobody should come that far.
  static func bomb(zeros: Int) -> [UInt8] {
    var writer = BitWriter()
    // Last block, fixed codes; the literal 0, then "258 bytes again from one byte back".
    writer.write(0b1, 1)
    writer.write(0b01, 2)
    writer.writeCode(0b0011_0000, 8)
    for _ in 0..<zeros / 258 {
      writer.writeCode(0b1100_0101, 8)
      writer.writeCode(0, 5)
    }
    return header + writer.bytes
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1) * 0xEDB8_8320 }
    }
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var used = 8

    mutating func write(_ value: Int, _ count: Int) {
      for bit in 0..<count {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        bytes[bytes.count - 1] |= UInt8(value >> bit & 1) << used
        used += 1
      }
    }

    /// Huffman codes begin with their highest bit.
    mutating func writeCode(_ code: Int, _ count: Int) {
      for bit in (0..<count).reversed() { write(code >> bit & 1, 1) }
    }
  }
}

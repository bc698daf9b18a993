/// A header block of a tar archive of which every field can be anything.
package struct TarBlock {
  package var bytes = [UInt8](repeating: 0, count: 512)
  /// Nil computes the right one.
  package var checksum: String?

  /// A correct ustar header as common programs write it.
  package init(_ name: some Sequence<UInt8>, type: Unicode.Scalar = "0", size: Int = 0, mode: Int = 0o644) {
    set(0, 100, Array(name))
    set(100, 8, octal(mode, 7))
    set(108, 8, octal(0, 7))
    set(116, 8, octal(0, 7))
    set(124, 12, octal(size, 11))
    set(136, 12, octal(0, 11))
    bytes[156] = UInt8(truncatingIfNeeded: type.value)
    set(257, 8, "ustar\u{0}00")
    set(329, 8, octal(0, 7))
    set(337, 8, octal(0, 7))
  }

  package init(_ name: String, type: Unicode.Scalar = "0", size: Int = 0, mode: Int = 0o644) {
    self.init(Array(name.utf8), type: type, size: size, mode: mode)
  }

  package mutating func set(_ offset: Int, _ width: Int, _ value: [UInt8]) {
    for index in 0..<width { bytes[offset + index] = index < value.count ? value[index] : 0 }
  }

  package mutating func set(_ offset: Int, _ width: Int, _ value: String) {
    set(offset, width, Array(value.utf8))
  }

  package var link: String {
    get { String(decoding: bytes[157..<257].prefix { $0 != 0 }, as: UTF8.self) }
    set { set(157, 100, newValue) }
  }

  package var prefix: String {
    get { String(decoding: bytes[345..<500].prefix { $0 != 0 }, as: UTF8.self) }
    set { set(345, 155, newValue) }
  }

  package var size: String {
    get { String(decoding: bytes[124..<136], as: UTF8.self) }
    set { set(124, 12, newValue) }
  }

  /// The 512 bytes with their checksum.
  package var encoded: [UInt8] {
    var block = self
    block.set(148, 8, "        ")
    let sum = block.bytes.reduce(0) { $0 + Int($1) }
    block.set(148, 8, checksum ?? octal(sum, 6) + "\u{0} ")
    return block.bytes
  }
}

package func octal(_ value: Int, _ width: Int) -> String {
  let digits = String(value, radix: 8)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

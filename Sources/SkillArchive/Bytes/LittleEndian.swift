/// Numbers as gzip and zip write them.
extension Sequence<UInt8> {
  /// The bytes as one number, lowest first.
  var littleEndian: UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    for byte in self {
      value |= UInt64(byte) << shift
      shift += 8
    }
    return value
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}

import NIOCore

/// When a message was due, in its text: `@` and 16 digits, with nothing that JSON escapes.
struct Stamp: Sendable {
  static let digits = 16

  let deadline: NIODeadline

  init(_ deadline: NIODeadline) {
    self.deadline = deadline
  }

  var text: String {
    let digits = String(deadline.uptimeNanoseconds, radix: 16)
    return "@" + String(repeating: "0", count: Self.digits - digits.count) + digits
  }
}

/// Finds stamps in bytes as they come, in however many pieces.
struct StampScanner: Sendable {
  /// Digits that were read behind the last sign; nil outside of a stamp.
  private var count: Int?
  private var value: UInt64 = 0

  mutating func scan(_ bytes: some Sequence<UInt8>, _ found: (Stamp) -> Void) {
    for byte in bytes {
      if byte == UInt8(ascii: "@") {
        (count, value) = (0, 0)
      } else if let digits = count {
        guard let digit = Self.value(of: byte) else {
          count = nil
          continue
        }
        value = value << 4 | digit
        count = digits + 1 == Stamp.digits ? nil : digits + 1
        if count == nil { found(Stamp(.uptimeNanoseconds(value))) }
      }
    }
  }

  private static func value(of byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
    default: nil
    }
  }
}

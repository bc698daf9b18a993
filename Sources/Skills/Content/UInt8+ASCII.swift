/// What a byte is as a character of ASCII.
extension UInt8 {
  package var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  /// In either case, as that of hexadecimal digits.
  package var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }

  package var isHexDigit: Bool { isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self | 0x20 }

  /// Neither a control character nor a space.
  package var isVisible: Bool { 0x21...0x7E ~= self }
}

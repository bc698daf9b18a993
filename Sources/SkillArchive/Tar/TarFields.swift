/// The fields of a header block by offset and length.
struct TarFields {
  enum Field {
    case name
    case mode
    case userID
    case groupID
    case size
    case time
    case checksum
    case linkName
    case magic
    case deviceMajor
    case deviceMinor
    case prefix
    case padding

    var range: Range<Int> {
      switch self {
      case .name: 0..<100
      case .mode: 100..<108
      case .userID: 108..<116
      case .groupID: 116..<124
      case .size: 124..<136
      case .time: 136..<148
      case .checksum: 148..<156
      case .linkName: 157..<257
      case .magic: 257..<265
      case .deviceMajor: 329..<337
      case .deviceMinor: 337..<345
      case .prefix: 345..<500
      case .padding: 500..<512
      }
    }
  }

  static let ustarMagic = Array("ustar\u{0}00".utf8)

  private let block: [UInt8]

  init(_ block: [UInt8]) {
    self.block = block
  }

  subscript(_ field: Field) -> ArraySlice<UInt8> { block[field.range] }

  /// The name field for messages, whatever it holds.
  var label: String { String(decoding: self[.name].prefix { $0 != 0 }, as: UTF8.self) }

  /// The sum of all bytes with the checksum's own field taken as spaces.
  static func sum(of block: [UInt8]) -> Int {
    var sum = 0
    block.withUnsafeBufferPointer { for byte in $0 { sum += Int(byte) } }
    for byte in block[Field.checksum.range] { sum += 32 - Int(byte) }
    return sum
  }

  func checkSum() throws(ArchiveRefusal) {
    if let stated = Self.octal(self[.checksum]), stated == Self.sum(of: block) { return }
    if self[.magic].starts(with: Array("ustar".utf8)) {
      throw ArchiveRefusal(.badChecksum, entry: label, "the checksum of the entry's header is wrong")
    }
    throw ArchiveRefusal(.notTar, "what the archive holds is not a tar archive")
  }

  func checkForm() throws(ArchiveRefusal) {
    guard self[.magic].elementsEqual(Self.ustarMagic) else {
      throw ArchiveRefusal(.notUstar, entry: label, "the header is not ustar (tar --format=ustar writes it)")
    }
    guard self[.padding].allSatisfy({ $0 == 0 }) else {
      throw ArchiveRefusal(.nonzeroPadding, entry: label, "the header has bytes where ustar has none")
    }
  }

  func number(_ field: Field) throws(ArchiveRefusal) -> Int {
    guard let value = Self.octal(self[field]) else {
      throw ArchiveRefusal(.badNumber, entry: label, "the header has a number that is not octal")
    }
    return value
  }

  /// Fields that some programs leave empty.
  func optionalNumber(_ field: Field) throws(ArchiveRefusal) -> Int? {
    self[field].allSatisfy { $0 == 0 } ? nil : try number(field)
  }

  /// The bytes up to the first NUL, behind which nothing but NULs may stand.
  func text(_ field: Field) throws(ArchiveRefusal) -> ArraySlice<UInt8> {
    let text = self[field].prefix { $0 != 0 }
    guard self[field].dropFirst(text.count).allSatisfy({ $0 == 0 }) else {
      throw ArchiveRefusal(.nameNUL, entry: label, "a name of the header has bytes behind its end")
    }
    return text
  }

  func path() throws(ArchiveRefusal) -> [UInt8] {
    let prefix = try text(.prefix)
    let name = try text(.name)
    return prefix.isEmpty ? Array(name) : prefix + [UInt8(ascii: "/")] + name
  }

  /// Digits, then NULs or spaces to the end; no sign, no leading space, no base-256.
  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
    guard !digits.isEmpty, field.dropFirst(digits.count).allSatisfy({ $0 == 0 || $0 == 32 }) else { return nil }
    return digits.reduce(0) { $0 << 3 | Int($1 - UInt8(ascii: "0")) }
  }
}

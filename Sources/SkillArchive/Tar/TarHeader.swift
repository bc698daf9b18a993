/// One 512-byte header block of a tar archive, read strictly (POSIX.1-1988 ustar).
struct TarHeader {
  static let blockSize = 512

  enum Kind {
    case file
    case folder
    /// A pax header for the entry that follows.
    case extended
  }

  let kind: Kind
  /// Prefix and name joined, as raw bytes.
  let path: [UInt8]
  let size: Int
  let isExecutable: Bool

  /// - Parameter block: 512 bytes, not all of them zero.
  init(_ block: [UInt8]) throws(ArchiveRefusal) {
    let fields = TarFields(block)
    try fields.checkSum()
    kind = try TarHeader.kind(of: block[156], in: fields)
    try fields.checkForm()
    let mode = try fields.number(.mode)
    for field in [TarFields.Field.userID, .groupID, .deviceMajor, .deviceMinor] {
      _ = try fields.optionalNumber(field)
    }
    _ = try fields.number(.time)
    size = try fields.number(.size)
    isExecutable = mode & 0o100 != 0
    path = try fields.path()
    if kind != .extended, try !fields.text(.linkName).isEmpty {
      throw ArchiveRefusal(.strayLinkName, entry: fields.label, "an entry that is no link names a link target")
    }
    if kind == .folder, size != 0 {
      throw ArchiveRefusal(.folderWithContent, entry: fields.label, "a folder entry states a size")
    }
  }

  /// The raw type byte decides, because libarchive shows types that it does not know as regular files.
  private static func kind(of type: UInt8, in fields: TarFields) throws(ArchiveRefusal) -> Kind {
    let rule: ArchiveRule
    switch type {
    case UInt8(ascii: "0"), 0: return .file
    case UInt8(ascii: "5"): return .folder
    case UInt8(ascii: "x"): return .extended
    case UInt8(ascii: "1"), UInt8(ascii: "2"): rule = .linkEntry
    case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"), UInt8(ascii: "7"): rule = .deviceEntry
    case UInt8(ascii: "g"): rule = .globalHeader
    case UInt8(ascii: "L"), UInt8(ascii: "K"): rule = .longNameEntry
    case UInt8(ascii: "S"): rule = .sparseEntry
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): rule = .vendorEntry
    default: rule = .unknownEntry
    }
    throw ArchiveRefusal(rule, entry: fields.label, "entries of type \(typeName(type)) are not allowed")
  }

  private static func typeName(_ type: UInt8) -> String {
    (0x21..<0x7F).contains(type) ? "'\(UnicodeScalar(type))'" : "\(type)"
  }
}

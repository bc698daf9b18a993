/// One record of a zip archive's central directory, checked by itself.
struct ZipEntry {
  enum Kind {
    case file
    case folder
    /// Only where links are allowed.
    case link
  }

  let name: [UInt8]
  let kind: Kind
  let isExecutable: Bool
  let flags: ZipFlags
  let method: ZipMethod
  let crc: UInt32
  let compressedSize: Int
  let size: Int
  /// Where the local header begins.
  let offset: Int

  /// Bytes of the whole record with its variable parts.
  let recordBytes: Int

  var label: String { String(decoding: name, as: UTF8.self) }

  /// - Parameters:
  ///   - bytes: the directory from the beginning of this record on.
  ///   - isForeign: Whether links are allowed.
  init(parsing bytes: ArraySlice<UInt8>, isForeign: Bool) throws(ArchiveRefusal) {
    guard bytes.count >= ZipSignature.centralBytes, bytes.starts(with: ZipSignature.central) else {
      throw ArchiveRefusal(.zipEnd, "the directory of the zip archive is damaged")
    }
    let fields = ZipFields(bytes)
    let (nameBytes, extraBytes, commentBytes) = (fields.number(28, 2), fields.number(30, 2), fields.number(32, 2))
    recordBytes = ZipSignature.centralBytes + nameBytes + extraBytes + commentBytes
    guard bytes.count >= recordBytes else {
      throw ArchiveRefusal(.zipEnd, "the directory of the zip archive is damaged")
    }
    name = Array(fields.slice(ZipSignature.centralBytes, nameBytes))
    let label = String(decoding: name, as: UTF8.self)
    guard commentBytes == 0 else { throw ArchiveRefusal(.zipComment, entry: label, "it has a comment") }
    try ZipFields.checkExtra(fields.slice(ZipSignature.centralBytes + nameBytes, extraBytes), entry: label)

    compressedSize = fields.number(20, 4)
    size = fields.number(24, 4)
    offset = fields.number(42, 4)
    crc = UInt32(truncatingIfNeeded: fields.number(16, 4))
    guard fields.number(6, 2) < 45, ![compressedSize, size, offset].contains(0xFFFF_FFFF) else {
      throw ArchiveRefusal(.zip64, entry: label, "ZIP64 is not allowed")
    }
    guard fields.number(34, 2) == 0 else { throw ArchiveRefusal(.zipMultiDisk, entry: label, "it is on another disk") }
    flags = try Self.flags(fields.number(8, 2), name: name)
    method = try Self.method(fields.number(10, 2), entry: label)
    (kind, isExecutable) = try Self.type(
      host: fields.number(5, 1), attributes: fields.number(38, 4), name: name, allowsLinks: isForeign)
    guard kind != .folder || size == 0 else {
      throw ArchiveRefusal(.folderWithContent, entry: label, "a folder entry has content")
    }
  }

  /// Names in UTF-8 need no flag that says so: many programs do not write it, the client before 0.20 among them.
  private static func flags(_ raw: Int, name: [UInt8]) throws(ArchiveRefusal) -> ZipFlags {
    let flags = ZipFlags(rawValue: UInt16(truncatingIfNeeded: raw))
    let label = String(decoding: name, as: UTF8.self)
    guard flags.isDisjoint(with: .anyEncryption) else {
      throw ArchiveRefusal(.zipEncrypted, entry: label, "it is encrypted")
    }
    guard flags.isSubset(of: .allowed) else {
      throw ArchiveRefusal(.zipFlags, entry: label, "it has flags that are not allowed")
    }
    guard flags.contains(.utf8) || String(validating: name, as: UTF8.self) != nil else {
      throw ArchiveRefusal(.zipNameEncoding, entry: label, "its name is not UTF-8")
    }
    guard !name.contains(0) else { throw ArchiveRefusal(.nameNUL, entry: label, "its name holds a NUL byte") }
    return flags
  }

  private static func method(_ raw: Int, entry: String) throws(ArchiveRefusal) -> ZipMethod {
    guard let method = ZipMethod(rawValue: UInt16(truncatingIfNeeded: raw)) else {
      throw ArchiveRefusal(.zipMethod, entry: entry, "its compression method is neither stored nor deflate")
    }
    return method
  }

  /// The name says file or folder; the attributes of the system that wrote the entry must not say otherwise.
  private static func type(
    host: Int, attributes: Int, name: [UInt8], allowsLinks: Bool
  ) throws(ArchiveRefusal) -> (kind: Kind, isExecutable: Bool) {
    let isFolder = name.last == UInt8(ascii: "/")
    let label = String(decoding: name, as: UTF8.self)
    switch host {
    case 0, 10:
      guard isFolder || attributes & 0x10 == 0 else {
        throw ArchiveRefusal(.zipHeaderMismatch, entry: label, "its attributes say folder, its name says file")
      }
      return (isFolder ? .folder : .file, false)
    case 3, 19:
      let mode = attributes >> 16
      switch mode & UnixMode.mask {
      case UnixMode.file where !isFolder, 0 where !isFolder: return (.file, mode & UnixMode.runnable != 0)
      case UnixMode.folder where isFolder, 0 where isFolder: return (.folder, false)
      case UnixMode.file, UnixMode.folder:
        throw ArchiveRefusal(.zipHeaderMismatch, entry: label, "its attributes and its name disagree about its type")
      case UnixMode.link where allowsLinks && !isFolder:
        return (.link, false)
      case UnixMode.link:
        throw ArchiveRefusal(.linkEntry, entry: label, "links are not allowed")
      default:
        throw ArchiveRefusal(.deviceEntry, entry: label, "only files and folders are allowed")
      }
    default:
      throw ArchiveRefusal(.zipHost, entry: label, "it was written on a system that is not known here")
    }
  }
}

/// Modes as the entries of Unix programs have them, whatever system reads them.
private enum UnixMode {
  static let mask = 0o170_000
  static let file = 0o100_000
  static let folder = 0o040_000
  static let link = 0o120_000
  /// By its owner.
  static let runnable = 0o100
}

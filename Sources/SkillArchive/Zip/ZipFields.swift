/// Numbers and pieces of one record by their offsets in it.
struct ZipFields {
  private let record: ArraySlice<UInt8>

  init(_ record: ArraySlice<UInt8>) {
    self.record = record
  }

  init(_ record: [UInt8]) {
    self.init(record[...])
  }

  func number(_ offset: Int, _ count: Int) -> Int {
    Int(slice(offset, count).littleEndian)
  }

  func slice(_ offset: Int, _ count: Int) -> ArraySlice<UInt8> {
    record.dropFirst(offset).prefix(count)
  }

  /// Times, owners and a stored path are harmless; all other extra fields change what an entry means.
  private static let allowedExtras: Set<Int> = [0x5455, 0x5855, 0x7855, 0x7875, 0x000A]

  static func checkExtra(_ extra: ArraySlice<UInt8>, entry: String) throws(ArchiveRefusal) {
    var rest = extra
    while !rest.isEmpty {
      let fields = ZipFields(rest)
      let count = fields.number(2, 2)
      guard rest.count >= 4 + count else {
        throw ArchiveRefusal(.zipExtraField, entry: entry, "its extra field is malformed")
      }
      let kind = fields.number(0, 2)
      if kind == 1 { throw ArchiveRefusal(.zip64, entry: entry, "ZIP64 is not allowed") }
      guard allowedExtras.contains(kind) else {
        throw ArchiveRefusal(.zipExtraField, entry: entry, "it has an extra field that is not allowed")
      }
      rest = rest.dropFirst(4 + count)
    }
  }
}

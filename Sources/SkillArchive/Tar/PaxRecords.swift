import Skills

/// The records of one pax header (POSIX.1-2001): `<length> <key>=<value>\n`, the length counting the whole record.
struct PaxRecords {
  /// A path of 240 bytes and three times need far less; whole megabytes have been used as an attack.
  static let maximumBytes = 2_048
  /// Attributes that other programs add take more.
  static let maximumForeignBytes = 64 << 10

  private(set) var path: [UInt8]?
  private(set) var size: Int?

  /// - Throws: the rule that a record breaks; keys other than path, size and the three times are refused.
  ///
  /// - Parameter toleratesVendors: Whether what other programs add (`SCHILY.…`, owners, comments) is passed over.
  init(parsing body: [UInt8], entry: String, toleratesVendors: Bool = false) throws(ArchiveRefusal) {
    var seen: Set<String> = []
    var rest = body[...]
    while !rest.isEmpty {
      guard let record = Self.takeRecord(from: &rest) else {
        throw ArchiveRefusal(.paxMalformed, entry: entry, "the extended header is malformed")
      }
      let key = String(decoding: record.key, as: UTF8.self)
      guard seen.insert(key).inserted else {
        throw ArchiveRefusal(.paxDuplicate, entry: entry, "the extended header states \(key) twice")
      }
      if toleratesVendors, Self.isHarmless(key) { continue }
      try take(key, record.value, entry: entry)
    }
  }

  /// Whether a body holds one comment and nothing else.
  static func isComment(_ body: [UInt8], entry: String) throws(ArchiveRefusal) -> Bool {
    var rest = body[...]
    guard let record = takeRecord(from: &rest) else {
      throw ArchiveRefusal(.paxMalformed, entry: entry, "the extended header is malformed")
    }
    return rest.isEmpty && record.key.elementsEqual("comment".utf8)
  }

  private static func isHarmless(_ key: String) -> Bool {
    if ["comment", "uid", "gid", "uname", "gname"].contains(key) { return true }
    return ["SCHILY.", "LIBARCHIVE.", "APPLE."].contains { key.hasPrefix($0) }
  }

  private mutating func take(
    _ key: String, _ value: ArraySlice<UInt8>, entry: String
  ) throws(ArchiveRefusal) {
    switch key {
    case "path":
      guard !value.contains(0) else { throw ArchiveRefusal(.nameNUL, entry: entry, "the path holds a NUL byte") }
      guard !value.isEmpty else { throw ArchiveRefusal(.paxValue, entry: entry, "the path is empty") }
      path = Array(value)
    case "size":
      guard let number = Self.decimal(value) else {
        throw ArchiveRefusal(.paxValue, entry: entry, "the size is not a number")
      }
      size = number
    case "mtime", "atime", "ctime":
      guard Self.isTime(value) else {
        throw ArchiveRefusal(.paxValue, entry: entry, "\(key) is not a time")
      }
    default:
      let rule: ArchiveRule = key.hasPrefix("GNU.sparse.") ? .sparseEntry : .paxKey
      throw ArchiveRefusal(rule, entry: entry, "the extended header has a key that is not allowed")
    }
  }

  private static func takeRecord(
    from rest: inout ArraySlice<UInt8>
  ) -> (key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    let digits = rest.prefix { $0.isDigit }
    guard let length = decimal(digits), length <= rest.count, digits.first != UInt8(ascii: "0") else { return nil }
    let record = rest.prefix(length)
    let content = record.dropFirst(digits.count)
    guard content.first == UInt8(ascii: " "), content.last == UInt8(ascii: "\n") else { return nil }
    let pair = content.dropFirst().dropLast()
    guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), equals > pair.startIndex else { return nil }
    rest = rest.dropFirst(length)
    return (pair[..<equals], pair[(equals + 1)...])
  }

  /// Not negative, with at most ten digits of seconds and nine behind the point.
  private static func isTime(_ value: ArraySlice<UInt8>) -> Bool {
    let seconds = value.prefix { $0.isDigit }
    guard (1...10).contains(seconds.count) else { return false }
    let rest = value.dropFirst(seconds.count)
    if rest.isEmpty { return true }
    return rest.first == UInt8(ascii: ".") && (2...10).contains(rest.count) && rest.dropFirst().allSatisfy(\.isDigit)
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...15).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}

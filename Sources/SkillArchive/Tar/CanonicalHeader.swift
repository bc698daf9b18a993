import Skills

/// The one way in which this dialect writes the headers of a file (`schemas/skill-tar.md`, canonical form).
enum CanonicalHeader {
  static let nameBytes = 100
  static let prefixBytes = 155

  /// The header blocks of a file: one ustar block, with a pax header of `path` before it where the path does not fit.
  static func blocks(for file: IncomingFile) -> [UInt8] {
    let name = ustarName(for: file.path)
    let block = ustarBlock(name: name, size: file.size, mode: file.isExecutable ? 0o755 : 0o644, type: "0")
    return extendedBlocks(for: file.path) + block
  }

  /// The pax header and its body, padded; empty when ustar can hold the path.
  static func extendedBlocks(for path: SkillPath) -> [UInt8] {
    guard split(Array(path.string.utf8)) == nil else { return [] }
    let body = record(key: "path", value: path.string)
    let name = (prefix: ArraySlice<UInt8>(), name: Array("PaxHeader".utf8)[...])
    let header = ustarBlock(name: name, size: body.count, mode: 0o644, type: "x")
    return header + body + [UInt8](repeating: 0, count: padding(after: body.count))
  }

  /// The path as it stands in the ustar block: whole, or, beside a pax header, as much of its last component as fits.
  static func ustarPath(for path: SkillPath) -> String {
    if split(Array(path.string.utf8)) != nil { return path.string }
    let last = path.components.last.map(String.init) ?? path.string
    var short = ""
    for scalar in last.unicodeScalars {
      if short.utf8.count + UTF8.width(scalar) > nameBytes { break }
      short.unicodeScalars.append(scalar)
    }
    return short
  }

  static func padding(after size: Int) -> Int {
    (TarHeader.blockSize - size % TarHeader.blockSize) % TarHeader.blockSize
  }

  private static func ustarName(for path: SkillPath) -> (prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
    let bytes = Array(ustarPath(for: path).utf8)
    return split(bytes) ?? ([], bytes[...])
  }

  /// The shortest prefix that leaves at most 100 bytes of name; nil when there is none of at most 155.
  private static func split(_ path: [UInt8]) -> (prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>)? {
    if path.count <= nameBytes { return ([], path[...]) }
    let first = path.count - nameBytes - 1
    guard let slash = path[first...].firstIndex(of: UInt8(ascii: "/")), slash <= prefixBytes else { return nil }
    return (path[..<slash], path[(slash + 1)...])
  }

  private static func record(key: String, value: String) -> [UInt8] {
    let content = " \(key)=\(value)\n"
    var length = content.utf8.count
    while "\(length)".utf8.count + content.utf8.count != length { length += 1 }
    return Array("\(length)\(content)".utf8)
  }

  private static func ustarBlock(
    name: (prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>), size: Int, mode: Int, type: Unicode.Scalar
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: TarHeader.blockSize)
    func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
      for (index, byte) in zip(offset..., bytes) { block[index] = byte }
    }
    put(name.name, at: 0)
    put(octal(mode, 6) + " \0", at: 100)
    put(octal(0, 6) + " \0", at: 108)
    put(octal(0, 6) + " \0", at: 116)
    put(octal(size, 11) + " ", at: 124)
    put(octal(0, 11) + " ", at: 136)
    put([UInt8(type.value)], at: 156)
    put(TarFields.ustarMagic, at: 257)
    put(octal(0, 6) + " \0", at: 329)
    put(octal(0, 6) + " \0", at: 337)
    put(name.prefix, at: 345)
    put(octal(TarFields.sum(of: block), 6) + "\0 ", at: 148)
    return block

    func put(_ text: String, at offset: Int) { put(Array(text.utf8), at: offset) }
  }

  private static func octal(_ value: Int, _ width: Int) -> String {
    let digits = String(value, radix: 8)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// The bytes of a document, checked to be text before anybody looks for its parts.
struct DocumentBytes {
  let all: [UInt8]
  let hasMark: Bool

  var withoutMark: [UInt8] { hasMark ? Array(all.dropFirst(3)) : all }

  static func checked(_ bytes: some Collection<UInt8>) throws(DocumentRefusal) -> DocumentBytes {
    guard bytes.count <= SkillDocument.maximumBytes else {
      throw DocumentRefusal(
        .fileTooLarge, message: "the file has \(bytes.count) bytes of \(SkillDocument.maximumBytes)",
        remedy: "Move the long parts to files in 'references/' and link them")
    }
    let all = Array(bytes)
    if all.starts(with: [0xFF, 0xFE]) || all.starts(with: [0xFE, 0xFF]) {
      throw DocumentRefusal(.notUTF8, line: 1, message: "the file is UTF-16", remedy: "Save the file as UTF-8")
    }
    if let nul = all.firstIndex(of: 0) {
      throw DocumentRefusal(
        .nulByte, line: SourceLines(all).line(at: nul) + 1, message: "the file holds a NUL byte at offset \(nul)",
        remedy: "Save the file as UTF-8 text and delete the byte")
    }
    if String(validating: all, as: UTF8.self) == nil {
      let offset = offsetOfFault(in: all)
      throw DocumentRefusal(
        .notUTF8, line: SourceLines(all).line(at: offset) + 1, message: "the file is not UTF-8 at offset \(offset)",
        remedy: "Save the file as UTF-8")
    }
    return DocumentBytes(all: all, hasMark: all.starts(with: [0xEF, 0xBB, 0xBF]))
  }

  private static func offsetOfFault(in bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      offset += UTF8.width(scalar)
    }
    return offset
  }
}

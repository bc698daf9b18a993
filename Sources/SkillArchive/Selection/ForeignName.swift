/// A name as another program's archive spells it.
struct ForeignName {
  /// Without the `./` that tar puts before names when it is told to pack `.`, and for a folder without the slash at its
  /// end; empty for the folder of everything.
  let bytes: [UInt8]
  private let isFolder: Bool

  init(_ name: [UInt8], isFolder: Bool) {
    var rest = name[...]
    if rest.starts(with: "./".utf8) { rest = rest.dropFirst(2) }
    if isFolder, rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
    bytes = isFolder && rest.elementsEqual(".".utf8) ? [] : Array(rest)
    self.isFolder = isFolder
  }

  /// The entry, or the topmost folder that holds it, whose name is reserved: it is not read, so that the names below
  /// need not be those of the dialect.
  var reserved: OtherEntry? {
    let components = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard !components.contains(where: { $0.elementsEqual("..".utf8) }),
      let index = components.firstIndex(where: { SkillSelection.isReserved(String(decoding: $0, as: UTF8.self)) }),
      let path = String(validating: components[...index].joined(separator: "/".utf8), as: UTF8.self)
    else { return nil }
    return OtherEntry(path: path, kind: isFolder || index + 1 < components.count ? .folder : .file)
  }
}

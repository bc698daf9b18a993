/// One line of an ignore file (gitignore documentation, "Pattern format").
struct IgnorePattern: Hashable, Sendable {
  let isNegated: Bool
  private let matchesFoldersOnly: Bool
  /// Matched against the whole path, and not against its last component alone.
  private let isAnchored: Bool
  private let components: [GlobComponent]
  /// The text before the first character with a meaning, when the pattern is anchored.
  let literalStart: [UInt8]

  /// Nil for an empty line, a comment, and a pattern that can match nothing.
  init?(line: some Collection<UInt8>) {
    var text = Self.trimmed(Array(line))[...]
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    isNegated = first == UInt8(ascii: "!")
    if isNegated { text = text.dropFirst() }
    matchesFoldersOnly = text.last == UInt8(ascii: "/")
    if matchesFoldersOnly { text = text.dropLast() }
    isAnchored = text.contains(UInt8(ascii: "/"))
    if text.first == UInt8(ascii: "/") { text = text.dropFirst() }
    guard !text.isEmpty, let components = GlobComponent.parse(text) else { return nil }
    self.components = components
    literalStart = isAnchored ? Array(text.prefix { !Array("*?[\\".utf8).contains($0) }) : []
  }

  /// - Parameter names: the components of a path.
  func matches(_ names: [ArraySlice<UInt8>], isFolder: Bool) -> Bool {
    if matchesFoldersOnly, !isFolder { return false }
    if isAnchored { return Self.match(components[...], names[...]) }
    guard let last = names.last, let only = components.first else { return false }
    return only.matches(last)
  }

  /// Spaces at the end do not count unless a backslash stands before them.
  private static func trimmed(_ line: [UInt8]) -> [UInt8] {
    var end = 0
    var index = 0
    while index < line.count {
      if line[index] == UInt8(ascii: "\\") {
        index = min(index + 2, line.count)
        end = index
      } else {
        index += 1
        if line[index - 1] != UInt8(ascii: " ") { end = index }
      }
    }
    return Array(line[..<end])
  }

  /// Goes back to the last `**` alone, which takes one component more each time: never exponential.
  private static func match(
    _ pattern: ArraySlice<GlobComponent>, _ names: ArraySlice<ArraySlice<UInt8>>
  ) -> Bool {
    var (pattern, names) = (pattern, names)
    var retry: (pattern: ArraySlice<GlobComponent>, names: ArraySlice<ArraySlice<UInt8>>)?
    while true {
      if let first = pattern.first, first == .anyNumber {
        pattern = pattern.dropFirst()
        retry = (pattern, names)
      } else if let first = pattern.first, let name = names.first, first.matches(name) {
        pattern = pattern.dropFirst()
        names = names.dropFirst()
      } else if pattern.isEmpty, names.isEmpty {
        return true
      } else if let last = retry, !last.names.isEmpty {
        retry = (last.pattern, last.names.dropFirst())
        pattern = last.pattern
        names = last.names.dropFirst()
      } else {
        return false
      }
    }
  }
}

/// One component of a pattern, between two slashes.
enum GlobComponent: Hashable, Sendable {
  case tokens([GlobToken])
  /// `**`: any number of components, also none.
  case anyNumber

  /// Nil when a bracket is left open or a backslash ends the text: such a pattern matches nothing.
  static func parse(_ text: ArraySlice<UInt8>) -> [GlobComponent]? {
    guard let tokens = GlobToken.parse(text) else { return nil }
    let parts = tokens.split(separator: .slash, omittingEmptySubsequences: false)
    if parts.count == 1 { return [.tokens(tokens)] }
    var components: [GlobComponent] = []
    for part in parts {
      let isAnyNumber = part.count >= 2 && part.allSatisfy { $0 == .star }
      components.append(isAnyNumber ? .anyNumber : .tokens(Array(part)))
    }
    // At the end, `**` is everything inside, and so at least one component.
    if components.last == .anyNumber { components.append(.tokens([.star])) }
    return components
  }

  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    guard case .tokens(let tokens) = self else { return true }
    return Self.match(tokens[...], name)
  }

  private static func match(_ tokens: ArraySlice<GlobToken>, _ name: ArraySlice<UInt8>) -> Bool {
    var (tokens, name) = (tokens, name)
    var retry: (tokens: ArraySlice<GlobToken>, name: ArraySlice<UInt8>)?
    while true {
      if tokens.first == .star {
        tokens = tokens.dropFirst()
        retry = (tokens, name)
      } else if let token = tokens.first, let byte = name.first, token.matches(byte) {
        tokens = tokens.dropFirst()
        name = name.dropFirst()
      } else if tokens.isEmpty, name.isEmpty {
        return true
      } else if let last = retry, !last.name.isEmpty {
        retry = (last.tokens, last.name.dropFirst())
        tokens = last.tokens
        name = last.name.dropFirst()
      } else {
        return false
      }
    }
  }
}

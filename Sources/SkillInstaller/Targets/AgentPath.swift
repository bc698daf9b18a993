import SystemPackage

/// A path on the machine as the table of agents writes it.
///
/// `~/x` below the home, `/x` as it is, `$VAR/x` and `%VAR%/x` below what a variable says, `${VAR:-~/y}/x` below what
/// it says or else below the default; the last also alone, without `/x`.
struct AgentPath: Sendable, Hashable {
  private enum Base: Hashable {
    case root
    case home
    case variable(String)
    /// With a default below the home.
    case variableElse(String, FilePath)
  }

  private let base: Base
  private let rest: FilePath

  /// Nil for a text that is written in another way.
  init?(_ text: String) {
    guard let (base, rest) = Self.split(text[...]) else { return nil }
    let isWhole = if case .variableElse = base { rest.isEmpty } else { false }
    guard let path = isWhole ? FilePath() : Self.relative(rest) else { return nil }
    self.base = base
    self.rest = path
  }

  /// The variable that it depends on.
  var variable: String? {
    switch base {
    case .root, .home: nil
    case .variable(let name), .variableElse(let name, _): name
    }
  }

  /// Nil when it depends on a variable that is not set.
  func path(in environment: AgentEnvironment) -> FilePath? { paths(in: environment).first }

  /// The path that it is, and then the one that it would be were its variable not set.
  func paths(in environment: AgentEnvironment) -> [FilePath] {
    let bases: [FilePath] =
      switch base {
      case .root: ["/"]
      case .home: [environment.home]
      case .variable(let name): [environment.path(of: name)].compactMap(\.self)
      case .variableElse(let name, let fallback):
        [environment.path(of: name), environment.home.appending(fallback.components)].compactMap(\.self)
      }
    return bases.map { $0.appending(rest.components) }
  }
}

extension AgentPath {
  /// The base, and the text from the slash on.
  private static func split(_ text: Substring) -> (Base, Substring)? {
    if text.hasPrefix("~/") { return (.home, text.dropFirst()) }
    if text.hasPrefix("/") { return (.root, text) }
    if text.hasPrefix("${") { return braced(text.dropFirst(2)) }
    if text.hasPrefix("%") {
      let name = text.dropFirst().prefix { $0 != "%" }
      guard isName(name), name.endIndex != text.endIndex else { return nil }
      return (.variable(String(name)), text[name.endIndex...].dropFirst())
    }
    guard text.hasPrefix("$") else { return nil }
    let name = text.dropFirst().prefix { $0 != "/" }
    return isName(name) ? (.variable(String(name)), text[name.endIndex...]) : nil
  }

  private static func braced(_ text: Substring) -> (Base, Substring)? {
    let name = text.prefix { $0 != ":" }
    let tail = text[name.endIndex...]
    guard isName(name), tail.hasPrefix(":-~"), let end = tail.firstIndex(of: "}"),
      let fallback = relative(tail[..<end].dropFirst(3))
    else { return nil }
    return (.variableElse(String(name), fallback), tail[end...].dropFirst())
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
  }

  /// A path that starts with a slash, read as one below something.
  private static func relative(_ text: Substring) -> FilePath? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".." && !part.contains { "$%~{}".contains($0) }
    }
    guard text.hasPrefix("/"), isPlain else { return nil }
    return FilePath(String(text.dropFirst()))
  }
}

/// How the page of a Markdown file shows it.
enum FileView: String, Sendable {
  case rendered, source

  static let parameter = "view"

  static func isMarkdown(_ file: String) -> Bool {
    let name = file.lowercased()
    return name.hasSuffix(".md") || name.hasSuffix(".markdown")
  }

  /// The page of a file in this view.
  func path(from page: String) -> String {
    self == .rendered ? page : "\(page)?\(Self.parameter)=\(rawValue)"
  }
}

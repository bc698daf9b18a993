import Foundation

/// The sources that these tests were built from.
enum Checkout {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func swiftFiles(in folder: String) throws -> [URL] {
    let start = root.appendingPathComponent(folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: start.path)
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { start.appendingPathComponent($0) }
  }

  /// The modules that a file imports, whatever attributes and access levels stand before the word.
  static func imports(of file: URL) throws -> [String] {
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), words.count > index + 1 else { return nil }
      guard words[..<index].allSatisfy({ $0.hasPrefix("@") || levels.contains($0) }) else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let name = kinds.contains(words[index + 1]) ? words[index + 2] : words[index + 1]
      return String(name.prefix { $0 != "." })
    }
  }

  private static let levels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
}

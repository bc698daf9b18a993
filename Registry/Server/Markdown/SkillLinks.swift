import Skills

/// Where links and images of a Markdown file lead that name files of its own skill.
package struct SkillLinks: Codable, Sendable {
  private let paths: VersionPaths
  /// The folder of the Markdown file, by its components.
  private let folder: [String]
  private let files: Set<String>

  /// - Parameters:
  ///   - file: The Markdown file, from whose folder addresses begin.
  ///   - manifest: Every file of the version.
  package init(from file: SkillPath, in manifest: FileManifest, at paths: VersionPaths) {
    self.paths = paths
    folder = file.components.dropLast().map { String($0) }
    files = Set(manifest.entries.map(\.path.string))
  }

  /// The page of the file that an address names, at the line of a fragment such as `#L7`; nil for every other address.
  func page(at address: String) -> String? {
    file(at: address).map { paths.page(of: $0, line: Self.line(in: address)) }
  }

  /// The bytes of the image that an address names; nil for every other address.
  func image(at address: String) -> String? {
    guard let image = file(at: address), ImageType(ofFile: image) != nil else { return nil }
    return paths.raw(of: image)
  }

  /// Addresses with a scheme, a host or a backslash, and those from the root, come to no name that a file can have.
  ///
  /// Escapes are undone once, before `.` and `..` are, so that an escaped one climbs no further than a plain one.
  private func file(at address: String) -> String? {
    let end = address.utf8.firstIndex { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "?") } ?? address.endIndex
    guard let path = PercentEncoding.decode(String(address[..<end])) else { return nil }
    var components = folder
    for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      switch String(Substring(part)) {
      case ".": continue
      case "..": guard components.popLast() != nil else { return nil }
      case let name: components.append(name)
      }
    }
    // As the archive spells it: an address may have its accents apart.
    return files.firstIndex(of: components.joined(separator: "/")).map { files[$0] }
  }

  private static func line(in address: String) -> Int? {
    address.firstMatch(of: #/#L([0-9]{1,7})(?:-L?[0-9]+)?$/#).flatMap { Int($0.output.1) }
  }
}

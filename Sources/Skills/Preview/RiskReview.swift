/// Looks through the files of one skill, and says which cannot be read.
///
/// Every file is looked through, whatever its bytes. One that is no text, or too long, may hold more than is seen: it
/// is named, and is a risk of its own where it can be run or SKILL.md sends an agent to it.
package struct RiskReview {
  /// What looks like a known risk, the files that cannot be read first: evidence, not a verdict.
  package var risks: [KnownRisk] { unreadable + sightings }
  /// Paths of the files that are no text, or too long.
  package private(set) var unscanned: [String] = []
  /// The files of these that can be run, or that SKILL.md names.
  package private(set) var unreadable: [KnownRisk] = []
  /// What the rules find, in the order of the files.
  package private(set) var sightings: [KnownRisk] = []
  private let scanner: RiskScanner
  private let instructions: [UInt8]
  private lazy var named = NamedPaths(in: instructions)

  /// - Parameters:
  ///   - document: The SKILL.md; nil when there is none that can be read.
  ///   - scanner: Whoever looks at many skills makes one for all of them.
  package init(of document: SkillDocument?, with scanner: RiskScanner = RiskScanner()) {
    self.scanner = scanner
    instructions = document?.bytes ?? []
  }

  /// - Parameter bytes: The content; nil when it is longer than `KnownRisk.maximumBytes`.
  package mutating func look(at entry: FileManifest.Entry, _ bytes: [UInt8]?) {
    let path = entry.path.string
    if let bytes { sightings += scanner.sightings(in: bytes, file: path) }
    if let bytes, SkillFile(bytes).text != nil { return }
    unscanned.append(path)
    guard entry.isExecutable || isNamed(entry.path), !isMedia(entry, bytes ?? []) else { return }
    let reason = bytes == nil ? "it has \(entry.size) bytes of \(KnownRisk.maximumBytes)" : "it is no text"
    unreadable.append(KnownRisk(.unreadable, file: path, line: 1, excerpt: reason))
  }

  /// Whether SKILL.md names the file, whatever folder it says that it is in.
  private mutating func isNamed(_ path: SkillPath) -> Bool {
    guard path != .skillMarkdown, let name = path.components.last else { return true }
    return named.mentions(String(name))
  }

  /// Pictures, sounds, films, fonts and documents, which are shown and not run: named for what they begin as.
  private func isMedia(_ entry: FileManifest.Entry, _ bytes: [UInt8]) -> Bool {
    guard !entry.isExecutable, let name = entry.path.components.last?.lowercased() else { return false }
    return Self.media.contains { ending, start, offset in
      name.hasSuffix(ending) && bytes.dropFirst(offset).starts(with: start)
    }
  }

  private static let media: [(ending: String, start: [UInt8], offset: Int)] = [
    (".png", [0x89, 0x50, 0x4E, 0x47], 0), (".jpg", [0xFF, 0xD8, 0xFF], 0), (".jpeg", [0xFF, 0xD8, 0xFF], 0),
    (".gif", Array("GIF8".utf8), 0), (".webp", Array("WEBP".utf8), 8), (".ico", [0, 0, 1, 0], 0),
    (".pdf", Array("%PDF-".utf8), 0), (".ttf", [0, 1, 0, 0], 0), (".otf", Array("OTTO".utf8), 0),
    (".woff", Array("wOFF".utf8), 0), (".woff2", Array("wOF2".utf8), 0), (".mp4", Array("ftyp".utf8), 4),
    (".mp3", Array("ID3".utf8), 0), (".wav", Array("RIFF".utf8), 0),
  ]
}

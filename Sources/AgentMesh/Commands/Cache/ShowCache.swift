import ArgumentParser
import RegistryClient
import SkillArchive
import Skills

/// `cache info`: where the cache is and what is in it.
struct ShowCache: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show the folder of the cache, and its size.")
  static let speaksJSONIntoPipes = false

  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> CacheAnswer {
    CacheAnswer(try mesh.cache.info(), isCleared: false)
  }
}

/// What is in the cache, or was until now.
struct CacheAnswer: Report {
  let success = true
  let folder: String
  let archives: Int
  let archiveBytes: Int
  let indexDocuments: Int
  let indexBytes: Int
  let limit: Int
  let foreign: [String]
  private let isCleared: Bool

  init(_ info: CacheInfo, isCleared: Bool) {
    (folder, limit, foreign) = (info.folder, info.limit, info.foreign)
    (archives, archiveBytes) = (info.archives, info.archiveBytes)
    (indexDocuments, indexBytes) = (info.indexDocuments, info.indexBytes)
    self.isCleared = isCleared
  }

  var isAction: Bool { isCleared }

  func text(_ style: Style) -> Message {
    let content =
      "\(archives) archive\(archives == 1 ? "" : "s") (\(ByteCount.text(archiveBytes))) and \(indexDocuments) index "
      + "document\(indexDocuments == 1 ? "" : "s") (\(ByteCount.text(indexBytes)))"
    let place = style.bold(Message(folder, limit: 1_000))
    let first: Message =
      isCleared ? "Removed \(content) from \(place)." : "\(place): \(content), of at most \(ByteCount.text(limit))."
    return ([first] + CacheAnswer.text(foreign: foreign)).joined(separator: "\n")
  }

  /// Lines about what is not ours.
  static func text(foreign: [String]) -> [Message] {
    foreign.prefix(20).map { "Not made by agent-mesh, so kept: \($0)" }
  }
}

import ArgumentParser
import RegistryClient
import Skills

/// `cache info`: where the cache is and what is in it.
struct ShowCache: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show the folder of the cache, and its size.")
  static let speaksJSONIntoPipes = false

  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> CacheAnswer {
    CacheAnswer(info: try mesh.cache.info(), isAction: false)
  }
}

/// What is in the cache, or was until now.
struct CacheAnswer: Report {
  let info: CacheInfo
  /// Whether it was removed.
  let isAction: Bool

  func encode(to encoder: any Encoder) throws {
    try SuccessMember(success: true).encode(to: encoder)
    try info.encode(to: encoder)
  }

  func text(_ style: Style) -> Message {
    let archives = "\(info.archives) archive\(info.archives == 1 ? "" : "s") (\(ByteCount.text(info.archiveBytes)))"
    let documents = "\(info.indexDocuments) index document\(info.indexDocuments == 1 ? "" : "s")"
    let content = "\(archives) and \(documents) (\(ByteCount.text(info.indexBytes)))"
    let place = style.bold(Message(info.folder, limit: 1_000))
    let first: Message =
      isAction
      ? "Removed \(content) from \(place)." : "\(place): \(content), of at most \(ByteCount.text(info.limit))."
    return ([first] + CacheAnswer.text(foreign: info.foreign)).joined(separator: "\n")
  }

  /// Lines about what is not ours.
  static func text(foreign: [String]) -> [Message] {
    foreign.prefix(20).map { "Not made by agent-mesh, so kept: \($0)" }
  }
}

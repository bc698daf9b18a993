import ArgumentParser
import Skills

/// `cache clean`: remove everything that is in the cache.
struct CleanCache: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Remove all downloaded archives and index documents.",
    discussion: """
      Installed skills stay as they are. What is needed again is downloaded again, and until then --offline and \
      rollback find nothing.
      """)
  static let speaksJSONIntoPipes = false

  @OptionGroup var confirmation: ConfirmationOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> CacheAnswer {
    let cache = mesh.cache
    try confirmation.confirm(
      "Remove all downloads in '\(cache.folder)'?", for: "clearing '\(cache.folder)'", else: "nothing was removed",
      in: mesh)
    return CacheAnswer(info: try cache.clean(), isAction: true)
  }
}

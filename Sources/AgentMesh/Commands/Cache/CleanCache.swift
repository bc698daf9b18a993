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

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> CacheAnswer {
    let cache = mesh.cache
    if !yes {
      guard mesh.canAsk else {
        throw MeshError(
          .confirmationNeeded, "clearing '\(cache.folder)' needs a confirmation",
          hint: "Confirm with --yes.")
      }
      guard mesh.confirm("Remove all downloads in '\(cache.folder)'?") else {
        throw MeshError(.declined, "nothing was removed")
      }
    }
    return CacheAnswer(try cache.clean(), isCleared: true)
  }
}

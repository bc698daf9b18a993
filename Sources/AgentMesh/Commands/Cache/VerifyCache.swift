import ArgumentParser
import RegistryClient
import Skills

/// `cache verify`: hash everything in the cache.
struct VerifyCache: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every file in the cache, and remove those that are damaged.",
    discussion: "Every file is checked again whenever it is used. The exit status is 7 when something was damaged.")
  static let speaksJSONIntoPipes = false

  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> CacheVerdict { CacheVerdict(found: try mesh.cache.verify()) }
}

struct CacheVerdict: Report {
  let found: CacheReport

  func encode(to encoder: any Encoder) throws {
    try SuccessMember(success: found.damaged.isEmpty).encode(to: encoder)
    try found.encode(to: encoder)
  }

  var status: ExitStatus { found.damaged.isEmpty ? .success : .integrity }

  func text(_ style: Style) -> Message {
    let good: Message = "\(found.archives) archives and \(found.indexDocuments) index documents are undamaged."
    let bad = found.damaged.map { style.red("damaged, removed: ") + Message($0) }
    return ([good] + bad + CacheAnswer.text(foreign: found.foreign)).joined(separator: "\n")
  }
}

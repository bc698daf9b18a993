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

  func run(in mesh: Mesh) async throws -> CacheVerdict { CacheVerdict(try mesh.cache.verify()) }
}

struct CacheVerdict: Report {
  let success: Bool
  let folder: String
  let archives: Int
  let indexDocuments: Int
  let damaged: [String]
  let foreign: [String]

  init(_ report: CacheReport) {
    success = report.damaged.isEmpty
    (folder, archives, indexDocuments) = (report.folder, report.archives, report.indexDocuments)
    (damaged, foreign) = (report.damaged, report.foreign)
  }

  var status: ExitStatus { success ? .success : .integrity }

  var isAction: Bool { false }

  func text(_ style: Style) -> Message {
    let good: Message = "\(archives) archives and \(indexDocuments) index documents are undamaged."
    let bad = damaged.map { style.red("damaged, removed: ") + Message($0) }
    return ([good] + bad + CacheAnswer.text(foreign: foreign)).joined(separator: "\n")
  }
}

import ArgumentParser
import RegistryAPI
import RegistryStore

/// `check`: reads everything and compares.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify the database and every stored archive.",
    discussion: "Exits with 1 when anything is missing or damaged. Runs beside a serving registry.")

  @OptionGroup var folder: DataFolder

  @Flag(help: "Print the report as JSON.")
  var json = false

  func run() async throws {
    let report = try await folder.withStore { try await $0.check() }
    if json {
      print(String(decoding: try WireCoding.encode(report, pretty: true), as: UTF8.self))
    } else {
      for fault in report.faults { print("fault: \(fault)") }
      print(
        "\(report.versions) versions, \(report.blobs) archives, \(report.faults.count) faults, "
          + "\(report.unreferenced) unreferenced")
    }
    if !report.isSound { throw ExitCode.failure }
  }
}

import ArgumentParser
import Foundation
import RegistryAPI
import RegistryServer
import RegistryStore

/// `check`: reads everything and compares.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify the database and every stored archive.",
    discussion: """
      Reads every archive and compares it with what the database says of it: bytes, size, list of files; and the \
      database with itself. Exits with 1 when anything is missing, damaged or contradictory. Runs beside a serving \
      registry. Of a registry whose database cannot be opened the archives are read all the same.
      """)

  @OptionGroup var folder: DataFolder

  @Flag(help: "Print the report as JSON.")
  var json = false

  func run() async throws {
    try folder.demandRegistry()
    // Whatever is made here is for the owner's eyes alone.
    umask(0o077)
    let report = await RegistryStore.check(folder: folder.path) { digest, blobs in
      try StoredArchive(digest, in: blobs).manifest()
    }
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

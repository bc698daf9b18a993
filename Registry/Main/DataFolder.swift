import ArgumentParser
import Foundation
import RegistryStore
import Skills
import SystemPackage

/// Where a registry keeps everything.
struct DataFolder: ParsableArguments {
  @Option(help: "The folder with the database and the archives.")
  var data = "registry-data"

  var path: FilePath { FilePath(data) }

  /// Opens the store for one piece of work and closes it.
  ///
  /// - Parameter creating: Whether a registry is begun where there is none; a mistyped folder is an error otherwise.
  func withStore<Value>(creating: Bool = false, _ work: (RegistryStore) async throws -> Value) async throws -> Value {
    if !creating { try demandRegistry() }
    // Whatever is made here is for the owner's eyes alone.
    umask(0o077)
    do {
      let store = try RegistryStore(folder: path)
      let value = try await work(store)
      try store.close()
      return value
    } catch let failure as StoreFailure {
      throw Failure("\(failure)")
    } catch let refusal as QuotaRefusal {
      throw Failure(refusal.meshError.description)
    }
  }

  /// - Throws: `Failure` where there is none: the folder may be mistyped.
  func demandRegistry() throws {
    guard RegistryStore.exists(in: path) else {
      throw Failure(
        "there is no registry in '\(data)'. Name its folder with --data, or begin one: agent-mesh-registry serve")
    }
  }
}

/// A failure for a person: one sentence, exit status 1.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

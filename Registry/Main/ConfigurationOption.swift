import ArgumentParser
import Foundation
import RegistryServer

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
  @Option(help: "The configuration file; without one every key has its standard value.")
  var config: String?

  /// Reads the file and the environment.
  ///
  /// - Throws: `Failure` when it cannot be read or used.
  func read() throws -> RegistryConfiguration {
    do {
      let text = try config.map { try String(contentsOfFile: $0, encoding: .utf8) }
      return try RegistryConfiguration(file: text, environment: ProcessInfo.processInfo.environment)
    } catch let fault as ConfigurationFault {
      throw Failure("the configuration cannot be used: \(fault)")
    } catch {
      throw Failure("'\(config ?? "")' cannot be read as text: \(error.localizedDescription)")
    }
  }
}

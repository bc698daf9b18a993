import ArgumentParser
import Foundation
import RegistryServer

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
  @Option(help: "The configuration file; without one every key has its standard value.")
  var config: String?

  /// Bytes of a file at the most.
  private static let limit = 64 << 10

  /// Reads the file and the environment.
  ///
  /// - Throws: `Failure` when it cannot be read or used.
  func read() throws -> RegistryConfiguration {
    let text = try config.map(Self.text)
    do throws(ConfigurationFaults) {
      return try RegistryConfiguration(file: text, environment: ProcessInfo.processInfo.environment)
    } catch {
      let faults = error.all.map { "\n  \($0)" }.joined()
      throw Failure("the configuration cannot be used:\(faults)")
    }
  }

  /// - Throws: `Failure`, also when everybody may change what decides who is let in.
  private static func text(of path: String) throws -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Failure("the configuration '\(path)' cannot be read: \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Failure("the configuration '\(path)' is not a file") }
    guard status.st_mode & 0o002 == 0 else {
      throw Failure("everybody on this machine may change the configuration. Run: chmod o-w '\(path)'")
    }
    guard status.st_size <= limit else { throw Failure("the configuration '\(path)' has more than \(limit) bytes") }
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Failure("the configuration '\(path)' cannot be read as text: \(error.localizedDescription)")
    }
  }
}

import ArgumentParser
import Foundation
import RegistryServer

/// `config check`.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Look at the configuration.", subcommands: [Check.self])

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the configuration and print what is in force.",
      discussion: """
        Prints every key with its value, as a configuration file has it. Names everything that is wrong, by line and \
        key, and exits with 1 when 'serve' would refuse it. A variable of the environment counts before the file: \
        AGENT_MESH_REGISTRY_ and the key in capitals.

          agent-mesh-registry config check --config registry.conf
          agent-mesh-registry config check > registry.conf        # a file to begin with
        """)

    @OptionGroup var file: ConfigurationOption

    func run() async throws {
      let configuration = try file.read()
      let environment = ProcessInfo.processInfo.environment
      for key in ConfigurationKey.all {
        print("# \(key.meaning)")
        if environment[key.variable] != nil { print("# decided by \(key.variable)") }
        // An empty value is written as a comment: not every key takes one.
        let value = key.value(in: configuration)
        print(value.isEmpty ? "# \(key.name) =" : "\(key.name) = \(value)")
      }
      for variable in ConfigurationKey.strayVariables(in: environment) {
        FileHandle.standardError.write(Data("Note: \(variable) is not the variable of a key.\n".utf8))
      }
    }
  }
}

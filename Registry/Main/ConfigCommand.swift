import ArgumentParser
import RegistryServer

/// `config check`.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Look at the configuration.", subcommands: [Check.self])

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the configuration and print what is in force.",
      discussion: """
        Prints every key with its value, as a configuration file has it. Exits with 1 when 'serve' would refuse it. A \
        variable of the environment counts before the file: AGENT_MESH_REGISTRY_ and the key in capitals.
        """)

    @OptionGroup var file: ConfigurationOption

    func run() async throws {
      let configuration = try file.read()
      for key in ConfigurationKey.all {
        print("# \(key.meaning)")
        // An empty value is written as a comment: the key would take none.
        let value = key.value(in: configuration)
        print(value.isEmpty ? "# \(key.name) =" : "\(key.name) = \(value)")
      }
    }
  }
}

import Skills

/// One thing that is wrong with a configuration: where, and what.
package struct ConfigurationFault: Error, Hashable, CustomStringConvertible {
  /// A line of the file, or a variable of the environment.
  package var source: String
  /// Names the key; safe for a terminal.
  package var reason: Message

  package var description: String { "\(source): \(reason)" }
}

/// Everything that is wrong with a configuration: the file by its lines, then the environment.
package struct ConfigurationFaults: Error {
  package let all: [ConfigurationFault]
}

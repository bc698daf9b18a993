import RegistryStore
import Skills

extension TokenScope {
  /// As clients see it: rights in the order of their definition, and patterns.
  var words: (rights: [String], skills: [String], agents: [String]) {
    (
      TokenRight.allCases.filter(rights.contains).map(\.rawValue), skills.map(\.description),
      agents.map(\.description)
    )
  }
}

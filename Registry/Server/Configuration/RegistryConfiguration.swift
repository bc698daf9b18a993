import RegistryAPI

/// What an operator decides; without any of it everything works on this machine.
package struct RegistryConfiguration: Sendable {
  /// Where browsers and programs reach the registry; nil while it is for this machine alone.
  package var publicAddress: WebOrigin?
  package var trustedProxies: [AddressRange] = []
  /// Other sites whose scripts may read the API.
  package var webOrigins: Set<WebOrigin> = []
  package var signUp = SignUpMode.closed
  package var name = "agent-mesh"
  /// Where the operator's terms are; nil for none.
  package var terms: String?
  /// Where weaknesses are reported; nil for nowhere.
  package var securityContact: String?
  /// What a platform proves itself with; nil where there is none, and nothing at its paths.
  package var platformSecret: PlatformSecret?
  /// Beside the open network, where callbacks may go.
  package var callbackOrigins: Set<WebOrigin> = []
  package var limits = RegistryLimits()

  package init() {}

  /// - Parameters:
  ///   - file: The text of a configuration file; nil where there is none.
  ///   - environment: Variables, which count before the file.
  package init(file: String?, environment: [String: String]) throws(ConfigurationFaults) {
    var faults: [ConfigurationFault] = []
    for line in file.map(ConfigurationFile.entries) ?? [] {
      do throws(ConfigurationFault) {
        let entry = try line.get()
        try entry.key.apply(entry.value, to: &self, source: "line \(entry.line)")
      } catch {
        faults.append(error)
      }
    }
    for key in ConfigurationKey.all {
      guard let value = environment[key.variable] else { continue }
      do throws(ConfigurationFault) {
        try key.apply(value, to: &self, source: key.variable)
      } catch {
        faults.append(error)
      }
    }
    if !faults.isEmpty { throw ConfigurationFaults(all: faults) }
  }
}

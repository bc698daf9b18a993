import Foundation

/// Our own programs as they were built.
struct Programs: Sendable {
  let agentMesh: String
  let registry: String

  init(in folder: String) throws(Failure) {
    agentMesh = folder + "/agent-mesh"
    registry = folder + "/agent-mesh-registry"
    for program in [agentMesh, registry] where !FileManager.default.isExecutableFile(atPath: program) {
      throw Failure("there is no \(program); build it first")
    }
  }
}

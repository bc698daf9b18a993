import SystemPackage
import TestSupport

@testable import SkillInstaller

/// A home and a project, made for one test.
struct AgentMachine {
  let folder: TemporaryFolder
  let environment: AgentEnvironment

  init(_ variables: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    try folder.folder("home")
    try folder.folder("project")
    let home = ["HOME": folder["home"].string]
    let below = variables.mapValues { [folder] in $0.replacing("@", with: folder.path.string) }
    environment = AgentEnvironment(environment: home.merging(below) { first, _ in first })
  }

  var project: FilePath { folder["project"] }

  func evidence(of id: String) throws -> [AgentEvidence] {
    try Agent.named(id).evidence(project: project, in: environment)
  }
}

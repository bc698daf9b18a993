import RegistryClient
import SkillArchive
import SkillInstaller
import Skills

extension Registries {
  /// One registry and no other.
  init(_ client: RegistryClient) {
    self.init(standard: client.address) { address throws(MeshError) in
      guard address == client.address else {
        throw MeshError(.conflict, "this comes from \(address), and not from \(client.address)")
      }
      return client
    }
  }
}

extension SkillInstaller {
  /// For one registry alone.
  init(
    client: RegistryClient, targets: InstallTargets, limits: ArchiveLimits = ArchiveLimits(),
    report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.init(registries: Registries(client), targets: targets, limits: limits, report: report)
  }

  @discardableResult
  func install(_ references: [SkillReference], _ options: InstallOptions) async throws -> [InstalledItem] {
    try await perform(.add(references), options).items
  }

  func plan(_ references: [SkillReference], _ options: InstallOptions) async throws -> [PlannedStep] {
    try await plan(.add(references), options).plan.steps
  }

  /// Plans a change and makes it.
  @discardableResult
  func perform(_ change: ProjectChange, _ options: InstallOptions) async throws -> ChangeOutcome {
    try await plan(change, options).perform()
  }

  @discardableResult
  func update(_ request: UpdateRequest, _ options: InstallOptions) async throws -> ChangeOutcome {
    try await perform(.update(request), options)
  }
}

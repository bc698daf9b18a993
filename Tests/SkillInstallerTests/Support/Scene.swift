import Foundation
import HTTPTransport
import SkillArchive
import SkillInstaller
import Skills
import SystemPackage
import TestSupport
import Testing

/// A registry, a project, and a neighbourhood in which nothing may ever change.
final class Scene: Sendable {
  let registry: FakeRegistry
  private let folder: TemporaryFolder
  private let outsideBefore: Digest

  init(_ registry: FakeRegistry = FakeRegistry()) throws {
    self.registry = registry
    folder = try TemporaryFolder()
    try folder.write("outside/canary", "alive", mode: 0o600)
    try folder.write("outside/probe/SKILL.md", "not yours")
    try folder.folder("project")
    outsideBefore = try treeHash(of: folder["outside"])
  }

  var project: FilePath { folder["project"] }
  var outside: FilePath { folder["outside"] }

  subscript(_ name: String) -> FilePath { project.appending(FilePath(name).components) }

  func installer(
    agents: [String] = [], limits: ArchiveLimits = ArchiveLimits(), bounds: ResolutionBounds = ResolutionBounds()
  ) throws -> SkillInstaller {
    SkillInstaller(
      registries: Registries(try registry.client()), targets: try targets(agents), limits: limits, bounds: bounds)
  }

  func targets(_ agents: [String] = []) throws -> InstallTargets {
    try InstallTargets(project: project, agents: agents)
  }

  @discardableResult
  func install(_ references: String..., agents: [String] = [], force: Bool = false) async throws -> [InstalledItem] {
    try await installer(agents: agents).perform(
      .add(references.map { try SkillReference(parsing: $0) }), InstallOptions(force: force)
    ).items
  }

  func update(_ slugs: String..., force: Bool = false) async throws -> ChangeOutcome {
    let chosen = slugs.isEmpty ? nil : try slugs.map { try SkillSlug(parsing: $0) }
    return try await installer().update(UpdateRequest(chosen), InstallOptions(force: force))
  }

  @discardableResult
  func remove(_ slug: String, force: Bool = false) async throws -> FilePath? {
    try await Removal(of: [SkillSlug(parsing: slug)], from: targets(), InstallOptions(force: force)).plan().perform()
      .backups.first.map { FilePath($0) }
  }

  // MARK: - Looking

  /// Of everything, the project's neighbourhood included.
  func hash() throws -> Digest { try treeHash(of: folder.path) }

  /// Whether nothing beside the project was touched since the beginning.
  func isOutsideUntouched() throws -> Bool { try treeHash(of: outside) == outsideBefore }

  func text(_ name: String) -> String? { try? String(contentsOfFile: self[name].string, encoding: .utf8) }

  /// The text of a link; nil when none stands there.
  func link(_ name: String) -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: self[name].string) }

  /// Whether anything stands there, links not followed.
  func exists(_ name: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: self[name].string)) != nil }

  func names(_ name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: self[name].string)) ?? []).sorted()
  }

  func mode(_ name: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: self[name].string)[.posixPermissions] as? Int)
  }

  // MARK: - Changing

  func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
    try folder.write("project/" + name, text, mode: mode)
  }

  func makeFolder(_ name: String) throws { try folder.folder("project/" + name) }

  func makeLink(_ name: String, to target: String) throws { try folder.link("project/" + name, to: target) }

  /// A folder or an empty file with a name of any bytes.
  func makeRaw(_ parent: String, _ name: [UInt8], isFolder: Bool = true) throws {
    let path = (Array((self[parent].string + "/").utf8) + name).map { CChar(bitPattern: $0) } + [0]
    let status = isFolder ? mkdir(path, 0o755) : close(creat(path, 0o644))
    try #require(status == 0)
  }

  /// Whether names here need not be UTF-8.
  static let takesAnyName: Bool = {
    #if canImport(Darwin)
      false
    #else
      true
    #endif
  }()

  func setMode(_ name: String, _ mode: Int) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: self[name].string)
  }

  func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name].string) }

  func move(_ name: String, to new: String) throws {
    try FileManager.default.moveItem(atPath: self[name].string, toPath: self[new].string)
  }
}

/// The code with which `work`, which must fail, fails.
func code<Value>(
  sourceLocation: SourceLocation = #_sourceLocation, of work: () async throws -> Value
) async -> ErrorCode? {
  do {
    _ = try await work()
    Issue.record("nothing failed", sourceLocation: sourceLocation)
    return nil
  } catch let error as MeshError {
    return error.code
  } catch is CancellationError {
    return .cancelled
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
    return nil
  }
}

extension ChangeOutcome {
  var moved: [String] { updated.map { "\($0.slug) \($0.previousVersion ?? "?") \($0.skill.version ?? "?")" } }
  var reasons: [String] { plan.skipped.map { "\($0.slug) \($0.reason.rawValue)" } }
  var failures: [String] { plan.failed.map { "\($0.slug) \($0.error.code.rawValue)" } }
}

/// Text of about that many characters that does not compress well.
func noise(_ count: Int, seed: UInt64) -> String {
  var generator = SplitMix64(seed: seed)
  let words = (0..<count / 11).map { _ in generator.next() }
  return words.withUnsafeBytes { Data($0) }.base64EncodedString()
}

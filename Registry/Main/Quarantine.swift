import ArgumentParser
import Foundation
import RegistryStore
import Skills

/// `quarantine`: takes what is harmful out of reach, reversibly.
struct Quarantine: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a skill or one version out of reach, or give it back.",
    discussion: """
      Runs beside a serving registry, which obeys within seconds. Nothing is deleted. The index shows the reason to \
      everybody who may see the skill. A whole skill takes no new versions until it is released.

        agent-mesh-registry quarantine acme/reviewer --version 1.4.2 --reason "sends files to a stranger"
        agent-mesh-registry quarantine acme/reviewer --release
      """)

  @Argument(help: "The skill, as author/slug.")
  var skill: String

  @Option(help: "One version; without it the whole skill, and what is published later.")
  var version: String?

  @Option(help: "Why: one line that everybody may read.")
  var reason: String?

  @Flag(help: "Give back what was taken out of reach.")
  var release = false

  @OptionGroup var folder: DataFolder

  func validate() throws {
    if release == (reason != nil) { throw ValidationError("give either --reason or --release") }
  }

  func run() async throws {
    let name: SkillName
    let scope: QuarantineScope
    let why: Reason?
    do {
      name = try SkillName(parsing: skill)
      scope = try version.map { .version(try SemanticVersion(parsing: $0)) } ?? .skill
      why = try reason.map { try Reason(parsing: $0) }
    } catch {
      throw ValidationError("\(error)")
    }
    let what = version.map { "\(name)@\($0)" } ?? "\(name)"
    do {
      let changed = try await folder.withStore { store in
        guard let why else { return try await store.catalog.release(name, scope, at: Date()) }
        return try await store.catalog.quarantine(name, scope, reason: why, at: Date())
      }
      print(Self.outcome(what, isRelease: why == nil, changed: changed))
    } catch let refusal as QuarantineRefusal {
      throw Failure(refusal.sentence(what, name))
    }
  }

  private static func outcome(_ what: String, isRelease: Bool, changed: Bool) -> String {
    switch (isRelease, changed) {
    case (false, true): "quarantined \(what)"
    case (false, false): "\(what) was in quarantine before"
    case (true, true): "released \(what)"
    case (true, false): "\(what) was not in quarantine"
    }
  }
}

extension QuarantineRefusal {
  fileprivate func sentence(_ what: String, _ name: SkillName) -> String {
    switch self {
    case .unknownSkill: "there is no skill \(name)"
    case .unknownVersion: "there is no \(what)"
    case .wholeSkill: "all of \(name) is in quarantine; release it without --version"
    }
  }
}

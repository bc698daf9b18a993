import Foundation
import SkillArchive
import SkillInstaller
import Skills

extension Mesh {
  /// Shows what skills that come for the first time may do and which ones go, and asks.
  ///
  /// - Throws: `declined` for anything but yes.
  func agree(to plan: ProjectPlan, at place: Workplace) async throws {
    let new = try await showNewcomers(of: plan, at: place)
    let gone = plan.steps.filter { $0.action == .remove }
    guard new > 0 || !gone.isEmpty else { return }
    for step in gone {
      talk.show("\(TerminalText.escaped(step.reference)) would go: nothing needs it any more")
    }
    let question: Message = new == 1 ? "Install it?" : "Install these \(new) skills?"
    guard confirm(gone.isEmpty ? question : "Go on?") else { throw MeshError(.declined, "nothing was changed") }
  }

  /// Shows what skills that come for the first time may do.
  ///
  /// - Returns: How many there are.
  func showNewcomers(of plan: ProjectPlan, at place: Workplace) async throws -> Int {
    let new = plan.steps.filter { $0.action == .install || $0.action == .replace }.map(\.folder)
    let skills = plan.lock.skills.filter { new.contains("\(Agent.sharedFolder)/\($0.folder)") }
    guard !skills.isEmpty else { return 0 }
    let newcomers = try await newcomers(skills, at: place)
    talk.show(
      Newcomer.text(newcomers, columns: TerminalWidth.columns(of: .standardError) ?? 80, talk.style))
    return skills.count
  }

  /// What an archive says of its skill, without installing it.
  func preview(_ skill: LockedSkill, _ installer: SkillInstaller) async throws -> SkillPreview {
    let contents = try await contents(of: skill, installer)
    let document = try SkillDocument(reading: contents.inspected.skillMarkdown)
    return SkillPreview(of: document, manifest: contents.inspected.manifest, folder: skill.folder) {
      contents.files[$0.path] ?? []
    }
  }

  /// The files of a skill, from the cache or from where it comes from.
  func contents(of skill: LockedSkill, _ installer: SkillInstaller) async throws -> ArchiveContents {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("agent-mesh-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let source = try await installer.fetch(skill, scratch: scratch)
    let contents = try ArchiveContents(source)
    guard contents.inspected.treeDigest == skill.treeDigest else {
      throw MeshError(.integrityError, "the files of \(skill.title) are not those that were promised")
    }
    return contents
  }

  /// In the order of the skills, which are fetched a few at a time.
  private func newcomers(_ skills: [LockedSkill], at place: Workplace) async throws -> [Newcomer] {
    let indexes = try await place.installer.indexes(of: skills)
    place.installer.announce(skills.count)
    let newcomers = await inParallel(skills, endingAfter: \.isFailure) { skill in
      await MeshError.outcome(or: .installFailed) {
        let index = try skill.name.flatMap { try indexes[$0]?.get() }
        let entry = try skill.number.flatMap { try index?.entry(of: $0) }
        return Newcomer(
          skill: skill, preview: try await preview(skill, place.installer), published: entry?.publishedAt)
      }
    }
    return try newcomers.all()
  }
}

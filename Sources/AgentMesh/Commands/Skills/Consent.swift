import Foundation
import SkillArchive
import SkillInstaller
import Skills

extension Mesh {
  /// Shows what skills that come for the first time may do, and asks.
  ///
  /// - Throws: `cancelled` for anything but yes.
  func agree(to plan: ProjectPlan, at place: Workplace) async throws {
    let new = plan.steps.filter { $0.action == .install || $0.action == .replace }.map(\.folder)
    let skills = plan.lock.skills.filter { new.contains("\(Agent.sharedFolder)/\($0.folder)") }
    guard !skills.isEmpty else { return }
    for skill in skills {
      let preview = try await preview(skill, place.installer)
      progress.clear()
      talk.show(preview.text(skill, published: try await publication(of: skill, place), talk.style))
    }
    let question = skills.count == 1 ? "Install it?" : "Install these \(skills.count) skills?"
    guard confirm(question) else { throw MeshError(.cancelled, "nothing was installed") }
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

  private func publication(of skill: LockedSkill, _ place: Workplace) async throws -> Date? {
    guard let number = skill.number else { return nil }
    return try await place.installer.index(of: skill)?.entry(of: number)?.publishedAt
  }
}

extension SkillPreview {
  /// What somebody has to know before they let a skill in.
  func text(_ skill: LockedSkill, published: Date?, _ style: Style) -> String {
    var lines = [style.bold(skill.title)]
    func add(_ label: String, _ value: String) {
      guard !value.isEmpty else { return }
      lines.append(
        "  \(style.faint(label.padding(toLength: 13, withPad: " ", startingAt: 0))) \(TerminalText.escaped(value))")
    }
    add("", description ?? "")
    add("published by", skill.name?.author.rawValue ?? "")
    add("published", published?.ISO8601Format() ?? "")
    add("from", skill.registry ?? skill.reference)
    add("size", "\(ByteCount.text(size)) in \(fileCount) file\(fileCount == 1 ? "" : "s")")
    add("tokens", "\(cost.descriptionTokens) always, \(cost.bodyTokens) when it is used")
    add("made for", compatibility ?? "")
    add("needs", dependencies.joined(separator: ", "))
    add("scripts", Self.listing(scripts.map(\.path)))
    add("runs inline", Self.listing(inlineCommands.map(\.command)))
    add("tools", Self.listing(allowedTools))
    add("hooks", Self.listing(hooks.map { "\($0.event): \($0.action)" }))
    for risk in risks.prefix(10) { lines.append("  \(style.red("!")) \(TerminalText.escaped(risk.description))") }
    for finding in findings.prefix(5) where finding.severity != .note { lines.append("  " + finding.text(style)) }
    return lines.joined(separator: "\n")
  }

  private static func listing(_ values: [String]) -> String {
    let shown = values.prefix(8).joined(separator: ", ")
    return values.count > 8 ? "\(shown) and \(values.count - 8) more" : shown
  }
}

import SkillSources
import Skills

/// The skills that sources offer, and what is refused among them.
struct SourceListReport: Report {
  struct Row: Encodable, Sendable {
    let slug: String
    let name: String?
    let version: String?
    let description: String?
    let source: String
    let commit: String?
    let filesCount: Int
    let size: Int
  }

  struct Refused: Encodable, Sendable {
    let place: String
    let error: String
    let message: String
  }

  let skills: [Row]
  let refused: [Refused]
  /// False when everything was refused.
  let success: Bool

  init(_ offer: SourceOffer) {
    skills = offer.skills.map { skill in
      Row(
        slug: skill.suggestedFolder.rawValue, name: skill.document.name, version: skill.document.version,
        description: skill.document.description, source: skill.source.description, commit: skill.commit,
        filesCount: skill.packed.manifest.entries.count, size: skill.packed.manifest.totalSize)
    }
    refused = offer.refused.map {
      Refused(place: $0.name, error: $0.reason.wireCode, message: $0.reason.message)
    }
    success = !skills.isEmpty || refused.isEmpty
  }

  var status: ExitStatus { success ? .success : .failure }

  func text(_ style: Style) -> Message {
    var table = Table(["SKILL", "VERSION", "FILES", "DESCRIPTION"])
    for skill in skills {
      table.add([
        skill.slug, skill.version ?? "-", String(skill.filesCount), String((skill.description ?? "").prefix(60)),
      ])
    }
    let lines = refused.map {
      style.yellow("left out \($0.place, limit: .max): \($0.message, limit: .max)")
    }
    return (skills.isEmpty ? lines : [table.text(style)] + lines).joined(separator: "\n")
  }
}

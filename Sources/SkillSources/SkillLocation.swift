import Skills

/// Where a skill was found.
struct SkillLocation: Sendable {
  var source: SkillSource
  var commit: String?
  /// Below what was read, or the name of an entry; empty for the source itself.
  var path = ""
  /// The name of the folder that holds it, as its author wrote it; nil where there is none.
  var folderName: String?

  /// For messages.
  var label: Message { "'\(source)'" }

  /// For a skill whose names have nothing that a slug could keep, such as names in another script.
  var fallbackName: String {
    "skill-\(Digest(of: Array(source.description.utf8)).hexadecimal.prefix(8))"
  }
}

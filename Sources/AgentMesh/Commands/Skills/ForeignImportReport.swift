import Skills

/// What another program lists, and what was installed of it, or would be.
struct ForeignImportReport: Report {
  /// Nil where nothing was left to install.
  let installed: InstallReport?
  /// Skills that were written down before.
  let known: Int
  let skipped: [UnmanagedSkills.Skipped]
  let dryRun: Bool

  enum CodingKeys: String, CodingKey {
    case success, known, skipped, dryRun
  }

  func encode(to encoder: any Encoder) throws {
    try installed?.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    if installed == nil { try container.encode(true, forKey: .success) }
    try container.encode(known, forKey: .known)
    try container.encode(skipped, forKey: .skipped)
    try container.encode(dryRun, forKey: .dryRun)
  }

  var isAction: Bool { !dryRun }

  func text(_ style: Style) -> Message {
    installed?.text(style) ?? AdoptionReport.nothingNew(beside: known)
  }
}

import Skills

/// Looks through the files of one skill.
struct FileAudit {
  let skill: Finding.Subject
  let contents: InstalledContents
  let scanner: RiskScanner

  func findings() throws(MeshError) -> [Finding] {
    let (document, main) = try mainFile()
    var review = RiskReview(of: document, with: scanner)
    for entry in contents.manifest.entries {
      review.look(at: entry, try bytes(of: entry))
    }
    let found = review.unreadable.map(finding) + main + review.sightings.map(finding)
    let unscanned = review.unscanned
    guard !unscanned.isEmpty else { return found }
    let names = unscanned.prefix(5).joined(separator: ", ") + (unscanned.count > 5 ? ", …" : "")
    return found + [
      Finding(
        .unscanned, of: skill, "looked through and not understood, being no text, or too long: \(names, limit: 1_000)")
    ]
  }

  /// Nil for a file that is too long to be looked through.
  private func bytes(of entry: FileManifest.Entry) throws(MeshError) -> [UInt8]? {
    entry.size <= KnownRisk.maximumBytes ? try contents.bytes(of: entry) : nil
  }

  private func finding(_ risk: KnownRisk) -> Finding {
    var finding = Finding(.knownRisk, of: skill, Message(risk.message))
    finding.risk = risk.rule.rawValue
    (finding.file, finding.line, finding.excerpt) = (risk.file, risk.line, risk.excerpt)
    return finding
  }

  /// SKILL.md, where it can be read, and what is found in it alone.
  private func mainFile() throws(MeshError) -> (document: SkillDocument?, findings: [Finding]) {
    guard let entry = contents.manifest[.skillMarkdown], let bytes = try bytes(of: entry) else { return (nil, []) }
    do throws(DocumentRefusal) {
      let document = try SkillDocument(reading: bytes)
      return (document, hidden(in: document))
    } catch {
      var finding = Finding(.unreadable, .warning, of: skill, "no agent can read it: \(error)")
      finding.file = SkillPath.skillMarkdown.string
      return (nil, [finding])
    }
  }

  /// Tag characters are among the known risks of every file; here are the others.
  private func hidden(in document: SkillDocument) -> [Finding] {
    let findings = Validation.findings(for: document, in: Validation.Context(profile: .lenient))
    return findings.filter { $0.rule == .invisibleCharacters }.map { hidden in
      var finding = Finding(.hiddenCharacters, of: skill, Message(hidden.message))
      (finding.file, finding.line) = (SkillPath.skillMarkdown.string, hidden.line)
      return finding
    }
  }
}

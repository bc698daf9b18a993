import Skills

/// Reading many SKILL.md files, and checking them as publishing does.
struct Parsing {
  let bench: Bench
  private let count = 1_000

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let documents = DocumentCorpus.documents(count)
    let samples = try interleaved(
      bench.effort.passes,
      [
        { try milliseconds { for document in documents { try read(document) } } },
        { try milliseconds { for document in documents { try check(document) } } },
      ])
    let sizes = documents.map(\.count).sorted()
    return Report(
      rows: [
        Row("parse of \(count) SKILL.md", .milliseconds, samples[0]),
        Row("parse and validation of \(count) SKILL.md", .milliseconds, samples[1]),
      ],
      notes: [
        "Parsing: SKILL.md files in ten styles, \(sizes.reduce(0, +) / 1_000) KB in all, the median "
          + "\(sizes[sizes.count / 2]) bytes, the largest \(sizes[sizes.count - 1]); from memory, on one thread."
      ])
  }

  private func read(_ bytes: [UInt8]) throws {
    guard try SkillDocument(reading: bytes).name != nil else { throw Failure("a document was read without its name") }
  }

  private func check(_ bytes: [UInt8]) throws {
    let findings = Validation.findings(for: try SkillDocument(reading: bytes), in: .init(profile: .publish))
    guard !Validation.refusesPublishing(findings) else { throw Failure("a document was refused: \(findings)") }
  }
}

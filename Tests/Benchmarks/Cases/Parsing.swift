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
        { try milliseconds { try read(documents) } },
        { try milliseconds { try check(documents) } },
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

  private func read(_ documents: [[UInt8]]) throws {
    for bytes in documents {
      guard try SkillDocument(reading: bytes).name != nil else { throw Failure("a document was read without its name") }
    }
  }

  private func check(_ documents: [[UInt8]]) throws {
    let refused = try documents.count { bytes in
      let document = try SkillDocument(reading: bytes)
      return Validation.refusesPublishing(Validation.findings(for: document, in: .init(profile: .publish)))
    }
    guard refused == documents.count / DocumentCorpus.brokenShare else {
      throw Failure("\(refused) of \(documents.count) documents were refused")
    }
  }
}

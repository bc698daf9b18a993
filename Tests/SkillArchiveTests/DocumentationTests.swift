import Foundation
import SkillArchive
import Skills
import SystemPackage
import TestSupport
import Testing

/// The pages in `schemas/` are the contract for strangers, so what they state is checked.
@Suite struct DocumentationTests {
  private func page(_ name: String) throws -> String {
    let root = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    return try String(contentsOfFile: root.appending("schemas").appending(name).string, encoding: .utf8)
  }

  /// The text of the fenced block that `label` opens.
  private func block(_ label: String, of page: String) throws -> String {
    let start = try #require(page.range(of: "```\(label)\n"))
    let end = try #require(page.range(of: "```\n", range: start.upperBound..<page.endIndex))
    return String(page[start.upperBound..<end.lowerBound])
  }

  @Test func `the worked example of the tree digest is right`() throws {
    let page = try page("tree-digest.md")
    let files = [
      PackedFile(path: .skillMarkdown, bytes: Array(try block("markdown file=SKILL.md", of: page).utf8)),
      PackedFile(
        path: try path("scripts/hello.sh"), bytes: Array(try block("sh file=scripts/hello.sh", of: page).utf8),
        isExecutable: true),
    ]
    let packed = try SkillPacker.pack(files: files)
    let digest = try block("digest", of: page)
    #expect(packed.treeDigest.description + "\n" == digest)
    let lines = Digest(of: try block("lines", of: page).utf8)
    #expect("t1:\(Data(lines.bytes).base64EncodedString())\n" == digest)
  }

  @Test func `the page of the dialect names every rule and no other`() throws {
    let page = try page("skill-tar.md")
    for rule in ArchiveRule.allCases { #expect(page.contains("`\(rule.rawValue)`"), "\(rule)") }
    // The codes stand in the last column of tables.
    let cells = page.split(separator: "\n").filter { $0.hasPrefix("|") }.compactMap { row in
      row.split(separator: "|", omittingEmptySubsequences: false).dropLast().last
    }
    let codes = cells.flatMap { $0.split(separator: "`").map(String.init) }.filter {
      $0.contains("-") && $0.allSatisfy { $0.isLowercase || $0 == "-" } && !$0.hasPrefix("-")
    }
    #expect(!codes.isEmpty)
    for code in codes { #expect(ArchiveRule(rawValue: code) != nil, "\(code)") }
  }

  @Test func `the page of the dialect states the default limits`() throws {
    let page = try page("skill-tar.md")
    let limits = ArchiveLimits.standard
    let rows = [
      "| archive file | \(limits.compressedBytes >> 20) MiB |",
      "| tar archive inside | \(limits.deliveredBytes >> 20) MiB |",
      "once \(limits.ratioFreeBytes >> 20) MiB has been delivered | \(limits.expansionRatio) |",
      "| files and folders | 2,000 |", "| one file | \(limits.fileBytes >> 20) MiB |",
      "| `SKILL.md` | \(limits.skillMarkdownBytes >> 20) MiB |", "| reading all of it | 10 s |",
    ]
    for row in rows { #expect(page.contains(row), "\(row)") }
    #expect(limits.entries == 2_000)
    #expect(limits.duration == .seconds(10))
  }
}

/// A SKILL.md: front matter and a text for agents, read leniently, with findings for what had to be forgiven.
///
/// Reading never changes the bytes. Whether a document may be published is for `Validation` to say.
package struct SkillDocument: Sendable {
  package static let maximumBytes = 1 << 20

  /// The document, byte for byte.
  package let bytes: [UInt8]
  /// What findings call it.
  package let file: String
  package let frontMatter: FrontMatter
  /// What had to be forgiven, graded as the lenient profile does.
  package let findings: [Finding]
  let lines: SourceLines
  let fences: Fences

  /// - Parameters:
  ///   - bytes: UTF-8, with LF or CRLF or both, at most 1 MiB.
  ///   - file: the name that findings use.
  /// - Throws: `DocumentRefusal` with the rule that cannot be forgiven.
  package init(
    reading bytes: some Collection<UInt8>, file: String = "SKILL.md", limits: FrontMatterLimits = .standard
  ) throws(DocumentRefusal) {
    let content = try DocumentBytes.checked(bytes)
    var findings: [Finding] = []
    let lines = SourceLines(content.withoutMark)
    if content.hasMark {
      findings.append(
        Finding(
          .byteOrderMark, file: file, line: 1, column: 1, message: "the file starts with a byte order mark",
          remedy: "Save the file as UTF-8 without a byte order mark"))
    }
    let fences = try Fences(in: lines, file: file)
    let yaml = YAMLText(between: fences, of: lines, file: file)
    let result = try FrontMatterReader.read(yaml, limits: limits, file: file)
    self.bytes = content.all
    self.file = file
    self.lines = lines
    self.fences = fences
    frontMatter = result.frontMatter
    self.findings = findings + fences.findings + result.findings
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text after the front matter.
  package var body: String {
    String(decoding: lines.bytes[lines.whole(fences.closing).upperBound...], as: UTF8.self)
  }

  /// The line, from 1, on which the body starts.
  package var bodyLine: Int { fences.closing + 2 }
}

/// Reads front matter leniently: as it is, or, where it is not YAML, once more after a repair.
enum FrontMatterReader {
  /// - Throws: the refusal of the text as it is when the repair does not help either.
  static func read(
    _ yaml: YAMLText, limits: FrontMatterLimits, file: String
  ) throws(DocumentRefusal) -> (frontMatter: FrontMatter, findings: [Finding]) {
    let first: DocumentRefusal
    do throws(DocumentRefusal) {
      return try FrontMatterParser.parse(yaml, limits: limits, file: file)
    } catch {
      first = error
    }
    guard first.rule == .brokenYAML, let repaired = FrontMatterRepair.repaired(yaml, file: file) else { throw first }
    do throws(DocumentRefusal) {
      return try FrontMatterParser.parse(repaired, limits: limits, file: file)
    } catch {
      throw error.rule == .brokenYAML ? first : error
    }
  }
}

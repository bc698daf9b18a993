/// Reads front matter leniently: as it is, or, where it is not YAML, once more after a repair.
enum FrontMatterReader {
  /// - Throws: the refusal of the text as it is when the repair does not help either.
  static func read(
    _ yaml: YAMLText, limits: FrontMatterLimits, file: String
  ) throws(DocumentRefusal) -> (frontMatter: FrontMatter, findings: [Finding]) {
    do throws(DocumentRefusal) {
      let result = try FrontMatterParser.parse(yaml, limits: limits, file: file)
      return (result.frontMatter, yaml.findings + result.findings)
    } catch {
      guard error.rule == .brokenYAML, let repaired = FrontMatterRepair.repaired(yaml, file: file) else { throw error }
      return try read(repaired: repaired, limits: limits, file: file, first: error)
    }
  }

  private static func read(
    repaired: YAMLText, limits: FrontMatterLimits, file: String, first: DocumentRefusal
  ) throws(DocumentRefusal) -> (frontMatter: FrontMatter, findings: [Finding]) {
    do throws(DocumentRefusal) {
      let result = try FrontMatterParser.parse(repaired, limits: limits, file: file)
      return (result.frontMatter, repaired.findings + result.findings)
    } catch {
      throw error.rule == .brokenYAML ? first : error
    }
  }
}

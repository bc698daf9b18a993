import ArgumentParser
import FoundationSubset
import RegistryAPI
import Skills

/// `skills search`: what a registry has.
struct Search: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search the registry.",
    discussion: """
        agent-mesh skills search review code
        agent-mesh skills search pdf --limit 5

      Asks the registry of the project in this folder, else the default one.
      """)

  @Argument(help: ArgumentHelp("Words of a name or a description.", valueName: "word"))
  var words: [String]

  @Option(help: "How many skills to show, at most 100.")
  var limit = 20

  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...SearchResponse.maximumResults).contains(limit) else {
      throw ValidationError("--limit is a number from 1 to \(SearchResponse.maximumResults)")
    }
  }

  func run(in mesh: Mesh) async throws -> SearchReport {
    mesh.prepare(network)
    let query = words.joined(separator: " ")
    let answer = try await mesh.registry(network).search(query, limit: limit)
    return SearchReport(query: query, answer: answer, width: TerminalWidth.columns(environment: mesh.environment))
  }
}

struct SearchReport: Report {
  let query: String
  let answer: SearchResponse
  /// Columns of the screen.
  let width: Int

  enum CodingKeys: String, CodingKey {
    case success, query
  }

  func encode(to encoder: any Encoder) throws {
    try answer.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(true, forKey: .success)
    try container.encode(query, forKey: .query)
  }

  func text(_ style: Style) -> Message {
    if answer.skills.isEmpty { return "No skills found for '\(query, limit: 200)'." }
    let names = answer.skills.map { "\($0.author)/\($0.slug)" }
    let versions = answer.skills.map(\.version)
    // Four columns with gaps, of which the date has ten characters.
    let taken = 2 + longest(names, "SKILL") + 2 + longest(versions, "VERSION") + 2 + 10 + 2
    var table = Table(["SKILL", "VERSION", "UPDATED", "DESCRIPTION"])
    for (name, hit) in zip(names, answer.skills) {
      let description = ScreenText.cut(ScreenText.line(hit.description ?? ""), to: max(20, width - taken))
      table.add([name, hit.version, hit.updatedAt.day, description.description])
    }
    return table.text(style)
  }

  private func longest(_ cells: [String], _ header: String) -> Int {
    (cells + [header]).map { ScreenText.width(ScreenText.line($0)) }.max() ?? 0
  }
}

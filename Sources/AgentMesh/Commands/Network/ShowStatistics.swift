import ArgumentParser
import RegistryAPI
import RegistryClient
import Skills

/// `stats`: how often agents were called.
struct ShowStatistics: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Show how often your agents were called, and how it went.")

  enum Period: String, CaseIterable, ExpressibleByArgument {
    case day, week, month
  }

  @Option(help: "One agent alone: author/name, a name or alias, or its UUID.", completion: .custom(Completions.agents))
  var agent: String?

  @Option(help: "The time to look back: day, week or month.")
  var period = Period.week

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AnyReport {
    let client = try mesh.loggedInRegistry(registry)
    if let agent {
      let id = try await mesh.agentID(agent, at: client)
      return AnyReport(
        report: StatisticsReport(statistics: try await client.statistics(of: id, period: period.rawValue)))
    }
    return AnyReport(report: StatisticsListReport(agents: try await all(at: client, mesh)))
  }

  private func all(at client: RegistryClient, _ mesh: Mesh) async throws -> [StatisticsListReport.Row] {
    var rows: [StatisticsListReport.Row] = []
    for agent in try await client.ownAgents() {
      do {
        let statistics = try await client.statistics(of: agent.id, period: period.rawValue)
        rows.append(StatisticsListReport.Row(name: agent.name, stats: statistics))
      } catch let failure as MeshError where failure.code != .cancelled {
        mesh.talk.warn("nothing is known of \(agent.name): \(failure)")
      }
    }
    return rows
  }
}

/// One agent.
struct StatisticsReport: Report {
  /// Columns of the longest bar.
  private static let width = 20

  let statistics: AgentStatistics

  func encode(to encoder: any Encoder) throws { try statistics.encode(to: encoder) }

  func text(_ style: Style) -> Message {
    let totals: Message =
      "\(statistics.totalCalls) calls: \(statistics.completed) done, \(statistics.failed) failed, "
      + "\(statistics.avgDurationMs) ms on average"
    // As a share, since no number of a registry may be too large to reckon with.
    let most = Double(max(statistics.callsByDay.map(\.count).max() ?? 0, 1))
    let days = statistics.callsByDay.map { day -> Message in
      let cells = Int(Double(max(day.count, 0)) / most * Double(Self.width))
      let bar = ScreenText.padded(Message(trusted: String(repeating: "#", count: cells)), to: Self.width)
      return "  \(String(day.date.suffix(5)))  \(bar)  \(day.count)"
    }
    return ([totals] + days).joined(separator: "\n")
  }
}

/// All agents of the account.
struct StatisticsListReport: Report {
  struct Row: Encodable, Sendable {
    let name: String
    let stats: AgentStatistics
  }

  let agents: [Row]

  func encode(to encoder: any Encoder) throws { try agents.encode(to: encoder) }

  func text(_ style: Style) -> Message {
    if agents.isEmpty { return "You have no agents. Make one: agent-mesh agents create --name <name>" }
    var table = Table(["AGENT", "TOTAL", "DONE", "FAILED", "AVG MS"])
    for agent in agents {
      let stats = agent.stats
      table.add([agent.name, "\(stats.totalCalls)", "\(stats.completed)", "\(stats.failed)", "\(stats.avgDurationMs)"])
    }
    return table.text(style)
  }
}

import ArgumentParser
import RegistryAPI
import Skills

/// `tokens create`.
struct CreateToken: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token and print it, alone, on stdout.",
    discussion: """
      The token is shown this once. It never has more rights than the one that you are logged in with, nor lasts \
      longer, and is for what that one is for unless patterns are given: acme/tool, acme/tool-* or acme/*.

        publish:new      the first version of a skill
        publish:update   new versions of skills that are there
        yank             yanking and withdrawing versions
        read:private     private skills
        manage           profile, tokens, organisations and agents
        agent:connect    connecting an agent
        call             calling agents

        agent-mesh tokens create ci --right publish:update --skill 'acme/*' --days 30
      """)

  @Argument(help: "What you call it, such as the name of the program that gets it.")
  var name: String

  @Option(
    help: "What it may be used for. May be repeated.", completion: .list(TokenRight.allCases.map(\.rawValue)))
  var right: [String]

  @Option(help: ArgumentHelp("The skills that it is for. May be repeated.", valueName: "pattern"))
  var skill: [String] = []

  @Option(help: ArgumentHelp("The agents that it is for. May be repeated.", valueName: "pattern"))
  var agent: [String] = []

  @Option(help: "Days until it expires, 0 for never; else 90, or until your login does.")
  var days: Int?

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func validate() throws {
    if let unknown = right.first(where: { TokenRight(rawValue: $0) == nil }) {
      let known = TokenRight.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(unknown)' is no right. Rights are: \(known)")
    }
    guard (0...TokenRequest.maximumDays).contains(days ?? 0) else {
      throw ValidationError("--days takes a number from 0 to \(TokenRequest.maximumDays)")
    }
  }

  func run(in mesh: Mesh) async throws -> NewTokenReport {
    let request = TokenRequest(
      name: name, rights: right, skills: skill.isEmpty ? nil : skill, agents: agent.isEmpty ? nil : agent,
      expiresInDays: days)
    let made = try await mesh.loggedInRegistry(registry).createToken(request)
    let end = made.token.expiresAt?.day ?? "you revoke it"
    mesh.talk.info("Keep the token now: it is not shown again. Until \(end) it may do: \(made.token.rightsText).")
    return NewTokenReport(token: made.token, secret: made.secret)
  }
}

struct NewTokenReport: Report {
  let success = true
  let token: TokenSummary
  let secret: String

  func text(_ style: Style) -> Message { Message(secret, limit: .max) }
}

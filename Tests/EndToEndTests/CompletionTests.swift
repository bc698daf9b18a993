import Foundation
import TestSupport
import Testing

/// What a real shell offers, with the script that the program makes for it.
@Suite(.timeLimit(.minutes(5))) struct CompletionTests {
  /// Fills in what bash gives a completion function, calls it, and prints what it offers, one line for each line.
  private static let bash = #"""
    source ./script
    cd project
    while IFS= read -r COMP_LINE; do
      COMP_POINT=${#COMP_LINE}
      IFS=' ' read -ra COMP_WORDS <<<"$COMP_LINE"
      [[ "$COMP_LINE" == *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMPREPLY=()
      _agent-mesh agent-mesh "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" </dev/null
      (IFS='|'; printf '%s\n' "${COMPREPLY[*]}")
    done
    """#

  /// A line up to the cursor, and what has to be among the offers.
  static let cases: [(line: String, offers: [String])] = [
    ("skills publish revi", ["reviewer", "reviewer.tgz"]), ("skills validate revi", ["reviewer", "reviewer.tgz"]),
    ("skills pack revi", ["reviewer"]), ("skills pack -o revi", ["reviewer.tgz"]),
    ("skills pack --output ./revi", ["./reviewer.tgz"]), ("skills add revi", ["reviewer", "reviewer.tgz"]),
    ("skills version patch revi", ["reviewer"]), ("skills init revi", ["reviewer"]),
    ("skills import revi", ["reviewer"]), ("skills export -o revi", ["reviewer.tgz"]),
    ("skills installed revi", ["reviewer"]), ("skills outdated revi", ["reviewer"]),
    ("skills ci revi", ["reviewer"]), ("skills why notes revi", ["reviewer"]),
    ("skills install ", ["acme/notes", "reviewer"]), ("skills install acme/notes revi", ["reviewer"]),
    ("skills install acme/notes reviewer/in", ["reviewer/inner"]), ("skills install ./revi", ["./reviewer"]),
    ("skills update ", ["notes", "acme/notes", "reviewer"]), ("skills remove ", ["notes", "acme/notes", "reviewer"]),
    ("skills remove acme/", ["acme/notes"]), ("skills info ", ["acme/notes"]), ("skills info ac", ["acme/notes"]),
    ("skills unpublish ", ["acme/notes"]), ("skills yank ", ["acme/notes"]),
    ("skills diff ", ["notes", "acme/notes", "acme/seen"]), ("skills use ", ["notes", "acme/notes", "acme/seen"]),
    ("skills pin ", ["notes", "acme/notes"]), ("skills install --agent claude", ["claude-code"]),
    ("tokens create ci --right publish", ["publish:new", "publish:update"]), ("tokens ", ["list", "create", "revoke"]),
    ("help ", ["topics", "agents", "ci", "skills"]), ("help lock", ["lockfile"]), ("skills inst", ["install"]),
  ]

  /// A project with one skill of a registry, a folder, a file, and a folder whose name is a command.
  private func scene() async throws -> Scene {
    let scene = try await Scene.open()
    for name in ["notes", "seen"] {
      #expect(try await scene.agentMesh(["skills", "publish", try scene.skill(name)]).status == 0)
    }
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/notes", project], as: "user").status == 0)
    #expect(
      try await scene.agentMesh(["skills", "install", "acme/seen", project, "--dry-run"], as: "user").status == 0)
    for file in ["reviewer/SKILL.md", "reviewer/inner/x", "reviewer.tgz", ".agents/skills/$(touch pwned)/SKILL.md"] {
      try scene.write("---\nname: x\ndescription: X.\n---\n", to: "\(project)/\(file)")
    }
    for folder in ["$(touch pwned)", "`touch pwned`", "two words"] {
      try scene.write("x", to: "\(project)/\(folder)/x")
    }
    return scene
  }

  private func script(for shell: String, in scene: Scene) async throws -> String {
    let outcome = try await scene.agentMesh(["--generate-completion-script", shell])
    #expect(outcome.status == 0)
    try scene.write(outcome.output, to: "script")
    return outcome.output
  }

  private func shell(_ program: String, _ arguments: [String], in scene: Scene, input: String = "") async throws
    -> Outcome
  {
    var environment = scene.environment(of: "user")
    environment["PATH"] = Program.folder + ":/usr/bin:/bin"
    return try await Program.run(
      program, arguments, environment: environment, folder: scene.place, input: input)
  }

  @Test(.enabled(if: Program.find("bash") != nil))
  func `bash offers skills, folders, files and topics where they can stand, and runs none of their names`()
    async throws
  {
    let scene = try await scene()
    _ = try await script(for: "bash", in: scene)
    let lines = Self.cases.map { "agent-mesh \($0.line)\n" }.joined()
    let outcome = try await shell(
      try #require(Program.find("bash")), ["--norc", "-c", Self.bash], in: scene, input: lines)
    let offers = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    try #require(offers.count == Self.cases.count, "\(outcome.errors)")
    for (row, offered) in zip(Self.cases, offers) {
      let words = offered.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(Set(row.offers).subtracting(words) == [], "\(row.line): \(words)")
    }
    #expect(outcome.errors == "")
    #expect(!scene.exists("project/pwned"))
    #expect(!scene.exists("pwned"))
  }

  @Test(arguments: ["bash", "zsh"]) func `a script has one function for help, with the topics`(shell: String)
    async throws
  {
    let scene = try await Scene.open(authors: [])
    let text = try await script(for: shell, in: scene)
    let parts = text.components(separatedBy: "\n_agent-mesh_help() {\n")
    try #require(parts.count == 2)
    #expect(parts[1].components(separatedBy: "\n}\n")[0].contains("getting-started"))
    if let program = Program.find(shell) {
      let check = try await self.shell(program, ["-n", "script"], in: scene)
      #expect(check.status == 0, "\(check.errors)")
    }
  }
}

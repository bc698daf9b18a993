import TestSupport
import Testing

/// What `config check` and `serve` say of a configuration.
@Suite struct ConfigurationCheckTests {
  private func run(
    _ words: [String], _ file: String, mode: Int = 0o644, environment: [String: String] = [:]
  ) async throws -> Outcome {
    let folder = try TemporaryFolder()
    try folder.write("registry.conf", file, mode: mode)
    return try await Program.run(
      Program.registry, words, environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 },
      folder: folder.path.string)
  }

  private let check = ["config", "check", "--config", "registry.conf"]

  @Test func `every fault stands on a line of its own, with its place and its key`() async throws {
    let file = "sign_up = everybody\nname = Ours\ncolour = red\nname = Theirs\n"
    let environment = ["AGENT_MESH_REGISTRY_RATE_READ": "often"]
    for words in [check, ["serve", "--config", "registry.conf"]] {
      let outcome = try await run(words, file, environment: environment)
      #expect(outcome.status == 1)
      #expect(outcome.output.isEmpty)
      let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("  ") }
      let expected = [
        ("line 1", "sign_up"), ("line 3", "colour"), ("line 4", "name"), ("AGENT_MESH_REGISTRY_RATE_READ", "rate_read"),
      ]
      #expect(lines.count == expected.count, "\(outcome.errors)")
      for (line, (place, key)) in zip(lines, expected) {
        #expect(line.hasPrefix("  \(place): ") && line.contains(key), "\(line)")
      }
    }
  }

  @Test func `what a variable decides is named, and so is one that decides nothing`() async throws {
    let outcome = try await run(
      check, "sign_up = open\n",
      environment: ["AGENT_MESH_REGISTRY_SIGN_UP": "invitation", "AGENT_MESH_REGISTRY_SIGNUP": "closed"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("# decided by AGENT_MESH_REGISTRY_SIGN_UP\nsign_up = invitation\n"))
    #expect(outcome.errors.contains("AGENT_MESH_REGISTRY_SIGNUP"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("SIGN_UP"))
  }

  @Test func `what is printed is a configuration that says the same`() async throws {
    let address = "public_address = https://skills.example.org\n"
    let first = try await run(check, address + "sign_up = open\ntrusted_proxies = 10.0.0.0/8\n")
    let second = try await run(check, first.output)
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.output == first.output && first.output.contains("\nsign_up = open\n"))
    #expect(first.output.contains("\n" + address))
  }

  @Test func `a file that everybody may change decides nothing, nor does what is no small file`() async throws {
    let open = try await run(check, "sign_up = open\n", mode: 0o666)
    #expect(open.status == 1)
    #expect(open.errors.contains("chmod o-w 'registry.conf'"), "\(open.errors)")
    let large = try await run(check, String(repeating: "# much\n", count: 20_000))
    #expect(large.status == 1 && large.errors.contains("bytes"), "\(large.errors)")
    let pipe = try await run(["config", "check", "--config", "/dev/zero"], "")
    #expect(pipe.status == 1 && pipe.errors.contains("not a file"), "\(pipe.errors)")
  }
}

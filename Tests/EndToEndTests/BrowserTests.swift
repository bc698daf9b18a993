import Foundation
import Testing

/// What is started to show a page, and when nothing is.
@Suite(.timeLimit(.minutes(5))) struct BrowserTests {
  /// Writes down how it was called, in a file beside it that is there once it is whole.
  private static let opener = """
    #!/bin/sh
    here=$(dirname "$0")
    { printf '%s\\n' "$#" "$1"; env; } > "$here/record"
    mv "$here/record" "$here/opened"
    """

  private func person(_ variables: [String: String]) throws -> Person {
    let person = try Person(variables)
    for name in ["xdg-open", "open"] { try person.folder.write("bin/\(name)", Self.opener, mode: 0o755) }
    return person
  }

  private func untilOpened(_ person: Person) async throws -> [String] {
    let record = try await until("no page was opened") {
      FileManager.default.contents(atPath: person.folder["bin/opened"].string)
    }
    return String(decoding: record, as: UTF8.self).components(separatedBy: "\n")
  }

  #if os(Linux)
    @Test(
      arguments: ["DISPLAY", "WAYLAND_DISPLAY"],
      ["/auth/device?code=BCDF-GHJB", "/$(touch${IFS}pwned);`touch${IFS}pwned`&x='|--help"])
    func `the page is the one argument of the program that opens pages, and no shell reads it`(
      display: String, page: String
    ) async throws {
      let registry = StubRegistry(.init(page: page))
      let person = try person([display: ":0", "AGENT_MESH_TOKEN": "ah_secret", "CANARY": "sings"])
      let ending = try await person.atTerminal(["login", "--registry", registry.url]) { terminal in
        try await terminal.expect("opens in your browser")
        try await terminal.expect("Waiting for the approval")
        terminal.pressControlC()
      }
      #expect(ending.status == 130, "\(ending.transcript)")
      let call = try await untilOpened(person)
      #expect(call[0] == "1" && call[1] == registry.url + page)
      #expect(call.contains("CANARY=sings"))
      #expect(!call.contains { $0.contains("ah_secret") })
      #expect(!FileManager.default.fileExists(atPath: person.folder["pwned"].string))
    }

    @Test func `the settings page is opened, and its address printed`() async throws {
      let registry = StubRegistry()
      let person = try person(["DISPLAY": ":0"])
      let outcome = try await person.agentMesh(["profile", "open", "--json", "--registry", registry.url])
      #expect(try outcome.json()["opened"] as? Bool == true, "\(outcome.errors)")
      #expect(try outcome.json()["page"] as? String == registry.url + "/settings")
      #expect(try await untilOpened(person)[1] == registry.url + "/settings")
    }
  #endif

  static let refusals: [(name: String, variables: [String: String], options: [String], page: String?)] = [
    ("no display", [:], [], nil), ("an empty display", ["DISPLAY": "", "WAYLAND_DISPLAY": ""], [], nil),
    ("asked not to", ["DISPLAY": ":0"], ["--no-browser"], nil),
    ("another host", ["DISPLAY": ":0"], [], "https://elsewhere.example/auth/device"),
    ("another port", ["DISPLAY": ":0"], [], "http://127.0.0.1:1/auth/device"),
    ("no address", ["DISPLAY": ":0"], [], "--help"), ("a file", ["DISPLAY": ":0"], [], "file:///etc/passwd"),
    ("a script", ["DISPLAY": ":0"], [], "javascript:alert(1)"),
  ]

  @Test(arguments: refusals)
  func `otherwise the address is printed, and nothing is opened`(
    name: String, variables: [String: String], options: [String], page: String?
  ) async throws {
    let registry = StubRegistry(.init(page: page))
    let person = try person(variables.merging(["SSH_CONNECTION": "x"]) { $1 })
    let ending = try await person.atTerminal(["login", "--registry", registry.url] + options) { terminal in
      try await terminal.expect("Waiting for the approval")
      terminal.pressControlC()
    }
    #expect(ending.status == 130, "\(ending.transcript)")
    #expect(registry.requests.first?.target == "/api/auth/device")
    #expect(ending.transcript.contains(page ?? "/auth/device?code="))
    #expect(!ending.transcript.contains("opens in your browser"))
    #expect(!FileManager.default.fileExists(atPath: person.folder["bin/opened"].string))
  }
}

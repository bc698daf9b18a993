import Foundation
import TestSupport
import Testing

/// What lets somebody in, looked for wherever it does not belong.
@Suite(.timeLimit(.minutes(5))) struct SecretKeepingTests {
  private let folder: TemporaryFolder
  private var log: String { folder["log"].string }
  private var data: String { folder["data"].string }

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `no secret is in a log, the data folder or the list of processes, and on one page at most`() async throws {
    let script = "exec \"$0\" \"$@\" --log-level trace 2> '\(log)'"
    let server = try await Registry.start(data: data, wrapper: ["/bin/sh", "-c", script])
    let link = try await firstLink()
    let password = canary()
    let secrets = try await live(at: server.url, link, password) + [password]
    #expect(secrets.count > 6 && secrets.allSatisfy { $0.count > 7 }, "\(secrets)")

    for path in ["/", "/authors/ada", "/login", "/auth/device", "/settings/tokens", "/settings/sessions"] {
      expectNone(of: secrets, in: try await curl(server.url + path), path)
    }
    #if os(Linux)
      for file in ["cmdline", "environ"] {
        expectNone(of: secrets, in: try read("/proc/\(server.id)/\(file)"), file)
      }
      let limits = try read("/proc/\(server.id)/limits")
      #expect(limits.contains(/Max core file size +0 +0\b/), "\(limits)")
    #endif
    try expectNoneInFiles(of: secrets + [String(link.suffix(43))])
    await server.stop()
    try expectNoneInFiles(of: secrets + [String(link.suffix(43))])
    let lines = try read(log).split(separator: "\n").filter { !$0.contains(link) }
    #expect(lines.contains { $0.contains("/login") })
    expectNone(of: secrets, in: lines.joined(separator: "\n"), "log")
  }

  /// Signs up, signs in, also with a wrong password, makes a token and lets a device in.
  ///
  /// - Returns: What came to light of secrets on the way.
  private func live(at url: String, _ link: String, _ password: String) async throws -> [String] {
    let wrong = canary()
    _ = try await submit(link, ["handle=ada", "password=\(password)"], at: url)
    _ = try await submit("\(url)/login", ["handle=ada", "password=\(wrong)"], at: url)
    _ = try await submit("\(url)/login", ["handle=\(wrong)", "password=\(password)"], at: url)
    _ = try await submit("\(url)/login", ["handle=ada", "password=\(password)"], at: url)
    let made = try await submit(
      "\(url)/settings/tokens", ["name=ci", "days=9", "skills=*", "agents=*", "right=yank"], at: url)
    let token = try #require(made.firstMatch(of: /ah_[0-9A-Za-z]{40}/).map { String($0.output) }, "\(made)")
    let begun = try object(try await curl("-d", "client_id=tool", "\(url)/api/auth/device"))
    let (device, typed) = try (
      #require(begun["device_code"] as? String), #require(begun["user_code"] as? String)
    )
    _ = try await curl("\(url)/auth/device?code=\(typed)")
    for fields in [["code=\(typed)"], ["code=\(typed)", "decision=approve"]] {
      _ = try await submit("\(url)/auth/device", fields, at: url)
    }
    let question = ["grant_type=urn:ietf:params:oauth:grant-type:device_code", "device_code=\(device)"]
    let answer = try object(try await submit("\(url)/api/auth/device/token", question, at: url))
    let redeemed = try #require(answer["access_token"] as? String)
    for token in [token, redeemed] {
      _ = try await curl("-H", "Authorization: Bearer \(token)", "\(url)/api/user/profile")
      _ = try await curl("-H", "Authorization: Bearer \(token)x", "\(url)/api/connect/\(token)?t=\(token)")
    }
    let jar = try read(folder["jar"].string)
    let session = try #require(jar.firstMatch(of: /session\t([0-9A-Za-z]{43})/).map { String($0.output.1) }, "\(jar)")
    return [token, redeemed, device, typed, typed.replacing("-", with: ""), session, wrong]
  }

  private func canary() -> String { "canary" + UUID().uuidString.lowercased().replacing("-", with: "") }

  /// The link for the first account, which is on stderr for whoever started the server.
  private func firstLink() async throws -> String {
    try await until("no link for the first account") {
      try read(log).firstMatch(of: /http:\S+\/link\/[0-9A-Za-z]{43}(?=\n)/).map { String($0.output) }
    }
  }

  private func submit(_ url: String, _ fields: [String], at origin: String) async throws -> String {
    let form = fields.flatMap { ["--data-urlencode", $0] }
    return try await curl(["-H", "Origin: \(origin)"] + form + [url])
  }

  private func curl(_ arguments: String...) async throws -> String { try await curl(arguments) }

  private func curl(_ arguments: [String]) async throws -> String {
    let jar = folder["jar"].string
    let outcome = try await Program.run(
      Program.find("curl") ?? "curl", ["-sS", "--max-time", "60", "-b", jar, "-c", jar] + arguments,
      environment: ["PATH": "/usr/bin:/bin"], folder: folder.path.string)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  private func object(_ text: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  private func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  private func expectNone(of secrets: [String], in text: String, _ place: String) {
    for (number, secret) in secrets.enumerated() { #expect(!text.contains(secret), "\(place), secret \(number)") }
  }

  private func expectNoneInFiles(of secrets: [String]) throws {
    for name in try FileManager.default.subpathsOfDirectory(atPath: data) {
      guard let bytes = FileManager.default.contents(atPath: data + "/" + name) else { continue }
      for (number, secret) in secrets.enumerated() {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name), secret \(number)")
      }
    }
  }
}

import Foundation
import HTTPTransport
import RegistryClient
import Skills
import Synchronization
import TestSupport

/// A registry on a real socket whose every answer is decided by the test.
final class FakeRegistry: Sendable {
  typealias Answer = TestServer.Handler

  /// What it has, and where it misbehaves.
  struct Contents: Sendable {
    var skills: [String: FakeSkill] = [:]
    /// The present names of skills, by the former ones.
    var moves: [String: String] = [:]
    /// Answers in place of the right one, by the end of the path.
    var answers: [String: Answer] = [:]
    /// Makes up the skills that it has beside those, by their names.
    var invention: (@Sendable (String) -> FakeSkill)?
  }

  let server: TestServer
  private let transport: HTTPTransport
  private let contents: Locked<Contents>

  init() {
    let contents = Locked(Contents())
    self.contents = contents
    var configuration = TransportConfiguration(userAgent: "agent-mesh/test", environment: [:])
    configuration.pause = { _ in }
    transport = HTTPTransport(configuration)
    server = TestServer { request, connection in
      let now = contents.value
      if let (_, answer) = now.answers.first(where: { request.target.hasSuffix($0.key) }) {
        return try answer(request, connection)
      }
      try Self.answer(request, connection, from: now)
    }
  }

  func change(_ body: (inout Contents) throws -> Void) rethrows {
    try contents.change(body)
  }

  /// Adds a good version of `author/slug`.
  @discardableResult
  func publish(
    _ name: String, _ version: String, needs: [String] = [], files: [String: String] = [:],
    executables: [String: String] = [:]
  ) throws -> FakeVersion {
    let slug = String(name.split(separator: "/")[1])
    var version = try FakeVersion(of: slug, version, files: files, executables: executables)
    version.needs = needs
    change { [version] in $0.skills[name, default: FakeSkill(name: name)].versions.append(version) }
    return version
  }

  /// Changes what the index says of one version.
  func amend(_ name: String, _ version: String, _ body: (inout FakeVersion) -> Void) {
    change { contents in
      guard let index = contents.skills[name]?.versions.firstIndex(where: { $0.version == version }) else { return }
      body(&contents.skills[name]!.versions[index])
    }
  }

  /// Gives a skill another name, to which the former one leads.
  func rename(_ name: String, to present: String) {
    change { contents in
      guard var skill = contents.skills.removeValue(forKey: name) else { return }
      skill.name = present
      contents.skills[present] = skill
      contents.moves[name] = present
      contents.moves[present] = nil
    }
  }

  var skills: [String: FakeSkill] { contents.value.skills }

  var address: String { "http://127.0.0.1:\(server.port)" }

  func client(token: String? = nil, timeouts: Timeouts = Timeouts()) throws -> RegistryClient {
    try RegistryClient(
      address: RegistryAddress(parsing: address), token: token, transport: transport, timeouts: timeouts)
  }

  private static func answer(
    _ request: ReceivedRequest, _ connection: TestConnection, from contents: Contents
  ) throws {
    let skills = contents.skills
    let parts = request.target.split(separator: "/").map(String.init)
    if let move = contents.moves.first(where: { request.target.contains("/\($0.key)") }) {
      let target = request.target.replacingOccurrences(of: "/\(move.key)", with: "/\(move.value)")
      return try connection.reply(308, headers: ["Location: \(target)"])
    }
    if parts.count == 3, parts[0] == "index", let skill = skills["\(parts[1])/\(parts[2])"] {
      return try connection.reply(200, headers: ["Content-Type: application/json"], skill.json)
    }
    if parts.count == 3, parts[0] == "index", let skill = contents.invention?("\(parts[1])/\(parts[2])") {
      return try connection.reply(200, headers: ["Content-Type: application/json"], skill.json)
    }
    if parts.count == 7, parts[6] == "download", let skill = skills["\(parts[2])/\(parts[3])"],
      let version = skill.versions.last(where: { $0.version == parts[5].removingPercentEncoding })
    {
      return try connection.reply(200, headers: ["Content-Type: application/gzip"], version.archive)
    }
    try connection.reply(
      404, headers: ["Content-Type: application/problem+json"], #"{"code":"not_found","message":"no such thing"}"#)
  }
}

/// A value that several threads look at and change.
final class Locked<Value: Sendable>: Sendable {
  private let state: Mutex<Value>

  init(_ value: Value) {
    state = Mutex(value)
  }

  var value: Value { state.withLock { $0 } }

  func change<Result: Sendable>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    try state.withLock { value in try body(&value) }
  }
}

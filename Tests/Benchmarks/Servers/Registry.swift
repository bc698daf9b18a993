import Foundation

/// A running registry with one author, on a port of its own; it stops when the value goes out of use.
struct Registry: ~Copyable {
  static let author = "demo"

  let url: String
  let port: UInt16
  private(set) var token: String
  private let process: Child

  /// - Parameter name: Of its data folder.
  static func start(_ name: String, _ programs: Programs, in scratch: Scratch) throws -> Registry {
    var registry = try serve(name, port: 0, token: "", programs, in: scratch)
    let data = scratch[name].string
    try scratch.run(Command(programs.registry, ["author", "create", author, "--data", data]))
    let token = try scratch.output(
      of: Command(programs.registry, ["token", "create", "--author", author, "--data", data]))
    registry.token = token.trimmingCharacters(in: .whitespacesAndNewlines)
    return registry
  }

  /// Ends the server as a crash would, and starts it again with the same data on the same port.
  consuming func restarted(_ name: String, _ programs: Programs, in scratch: Scratch) throws -> Registry {
    let (port, token) = (port, token)
    Self.crash(process)
    return try Self.serve(name, port: port, token: token, programs, in: scratch)
  }

  private static func crash(_ process: consuming Child) { process.send(SIGKILL) }

  private static func serve(
    _ name: String, port: UInt16, token: String, _ programs: Programs, in scratch: Scratch
  ) throws -> Registry {
    var command = Command(
      programs.registry,
      ["serve", "--data", scratch[name].string, "--listen", "127.0.0.1:\(port)", "--log-level", "error"],
      environment: rates)
    command.output = .file(scratch["\(name)-address"])
    command.errors = .file(scratch["\(name)-errors"])
    let process = try Child.start(command)
    guard let line = firstLine(of: process, in: scratch["\(name)-address"].string),
      let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
    else {
      let said = try? String(contentsOfFile: scratch["\(name)-errors"].string, encoding: .utf8)
      throw Failure("the registry did not start: \(said ?? "")")
    }
    return Registry(url: line, port: port, token: token, process: process)
  }

  /// One author and one machine do here what many do elsewhere.
  private static let rates: [String: String] = {
    let classes = ["READ", "SEARCH", "BATCH", "DOWNLOAD", "CHANGE", "PUBLISH", "DEVICE", "SIGN_IN", "CALL"]
    return Dictionary(uniqueKeysWithValues: classes.map { ("AGENT_MESH_REGISTRY_RATE_" + $0, "1000000/second") })
  }()

  private init(url: String, port: UInt16, token: String, process: consuming Child) {
    self.url = url
    self.port = port
    self.token = token
    self.process = process
  }

  /// What the server has used so far; Linux only.
  func usage() throws -> ProcessUsage { try process.usage() }

  /// Publishes a skill and expects it to be new.
  func publish(_ skill: SampleSkill, isPrivate: Bool = false) throws {
    try publish(archive: skill.packed().bytes, isPrivate: isPrivate)
  }

  func publish(archive: [UInt8], isPrivate: Bool = false) throws {
    var connection = try HTTPConnection.open(port: port)
    let answer = try connection.answer(to: HTTPMessages.publish(archive, token: token, isPrivate: isPrivate))
    guard answer.status == 201 else {
      throw Failure("publishing got \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
    }
  }

  static func archivePath(of name: String, version: String = "1.0.0") -> String {
    "/api/skills/\(author)/\(name)/versions/\(version)/download"
  }

  static func indexPath(of name: String) -> String { "/index/\(author)/\(name)" }

  /// The line with the address, for which ten seconds are enough.
  private static func firstLine(of process: borrowing Child, in file: String) -> String? {
    for _ in 0..<500 where process.isRunning {
      if let text = try? String(contentsOfFile: file, encoding: .utf8), let end = text.firstIndex(of: "\n") {
        return String(text[..<end])
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return nil
  }
}

import Foundation
import TestSupport

/// A repository over http, answered by the system's own `git upload-pack`.
final class GitServer: Sendable {
  private let server: TestServer

  /// - Parameter answer: Replies in another way, for which it returns true.
  init(
    _ repository: String,
    answer: @escaping @Sendable (ReceivedRequest, TestConnection) throws -> Bool = { _, _ in false }
  ) {
    server = TestServer { request, connection in
      if try answer(request, connection) { return }
      let protocolVersion = request.headers["Git-Protocol"] ?? ""
      switch (request.method, request.target) {
      case ("GET", "/r.git/info/refs?service=git-upload-pack"):
        let refs = try Self.uploadPack(repository, ["--http-backend-info-refs"], [], protocolVersion)
        let head = protocolVersion.contains("2") ? [] : Array("001e# service=git-upload-pack\n0000".utf8)
        try connection.reply(
          200, headers: ["Content-Type: application/x-git-upload-pack-advertisement"], head + refs)
      case ("POST", "/r.git/git-upload-pack"):
        try connection.reply(
          200, headers: ["Content-Type: application/x-git-upload-pack-result"],
          try Self.uploadPack(repository, [], request.body, protocolVersion))
      default: try connection.reply(404)
      }
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)/r.git" }
  var requests: [ReceivedRequest] { server.requests }

  private static func uploadPack(
    _ repository: String, _ options: [String], _ input: [UInt8], _ protocolVersion: String
  ) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["git", "-c", "uploadpack.allowAnySHA1InWant=true", "upload-pack", "--stateless-rpc"]
      + options + [repository]
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "GIT_PROTOCOL": protocolVersion,
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
    ]
    let (stdin, stdout) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (stdin, stdout)
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Array(output)
  }
}

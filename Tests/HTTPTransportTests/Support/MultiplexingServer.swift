import Foundation
import TestSupport

/// A server that speaks HTTP/2 over TLS and writes down every frame.
///
/// Runs the `nghttpd` of the system.
final class MultiplexingServer: Sendable {
  static let isAvailable = EncryptedServer.isAvailable && FileManager.default.isExecutableFile(atPath: program)
  private static let program = "/usr/sbin/nghttpd"

  let port: Int
  let certificate: String
  private let folder: ScratchFolder
  private let process = Process()

  /// - Parameter files: What it serves.
  init(files: [String: [UInt8]]) async throws {
    folder = ScratchFolder()
    for (name, bytes) in files { _ = folder.write(bytes, to: name) }
    certificate = try EncryptedServer.makeCertificate(in: folder)
    port = Self.freePort()
    let log = folder.write([], to: "log")
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = [
      "-v", "-a", "127.0.0.1", "-d", folder.path, String(port), folder.file("key.pem"), certificate,
    ]
    process.standardOutput = FileHandle(forWritingAtPath: log)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let deadline = ContinuousClock.now + .seconds(60)
    while (try? RawConnection(port: port)) == nil, ContinuousClock.now < deadline { await Task.yield() }
  }

  /// A port that was just given up: the program cannot be told to choose one.
  private static func freePort() -> Int {
    let server = TestServer { _, _ in }
    return withExtendedLifetime(server) { server.port }
  }

  deinit { kill(process.processIdentifier, SIGKILL) }

  /// A frame that was received or sent on a connection.
  struct Frame {
    var connection: Substring
    var kind: Substring
    var stream: Int
    var endsStream: Bool
  }

  /// Such as `[id=1] [  0.514] send DATA frame <length=3, flags=0x01, stream_id=1>`.
  var frames: [Frame] {
    String(decoding: folder.bytes(of: "log") ?? [], as: UTF8.self).split(separator: "\n").compactMap { line in
      guard line.hasPrefix("[id="), let head = line.firstIndex(of: "<"),
        let connection = line.split(separator: "]").first
      else { return nil }
      let kind = line[..<head].split(separator: "]").last.map { $0.drop { $0 == " " } } ?? ""
      let fields = line[head...].split { "<>, ".contains($0) }
      let stream = fields.first { $0.hasPrefix("stream_id=") }.flatMap { Int($0.dropFirst(10)) }
      let flags = fields.first { $0.hasPrefix("flags=0x") }.flatMap { Int($0.dropFirst(8), radix: 16) }
      guard let stream, let flags else { return nil }
      return Frame(connection: connection, kind: kind, stream: stream, endsStream: flags & 1 == 1)
    }
  }
}

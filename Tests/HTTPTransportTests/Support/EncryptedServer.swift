import Foundation
import Testing

/// A server with a certificate that nobody has signed but itself.
///
/// Answers with the files of its folder, each a whole HTTP answer. Runs the `openssl` of the system.
final class EncryptedServer: Sendable {
  static let isAvailable = FileManager.default.isExecutableFile(atPath: program)
  private static let program = "/usr/bin/openssl"

  let port: Int
  let certificate: String
  private let folder: ScratchFolder
  private let process: Process

  init(answers: [String: String]) throws {
    folder = ScratchFolder()
    for (name, answer) in answers { _ = folder.write(Array(answer.utf8), to: name) }
    certificate = try Self.makeCertificate(in: folder)
    let output = Pipe()
    process = try Self.run("s_server -accept 0 -key key.pem -cert certificate.pem -HTTP -4", in: folder, output: output)
    port = try Self.announcedPort(on: output.fileHandleForReading)
  }

  /// Gently does not do: the child inherits the signals that the thread which starts it has blocked.
  deinit { kill(process.processIdentifier, SIGKILL) }

  /// Makes `key.pem` and the certificate of `localhost`, whose path is returned.
  static func makeCertificate(in folder: ScratchFolder) throws -> String {
    let maker = try run(
      "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 2 -subj /CN=localhost"
        + " -addext subjectAltName=DNS:localhost",
      in: folder, output: nil)
    maker.waitUntilExit()
    return folder.file("certificate.pem")
  }

  /// The port in the line `ACCEPT 0.0.0.0:4433`.
  private static func announcedPort(on output: FileHandle) throws -> Int {
    var text = ""
    while case let piece = output.availableData, !piece.isEmpty {
      text += String(decoding: piece, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      guard let line = lines.first(where: { $0.hasPrefix("ACCEPT ") }) else { continue }
      return try #require(line.split(separator: ":").last.flatMap { Int($0) })
    }
    throw TestServerError.unexpected
  }

  private static func run(_ arguments: String, in folder: ScratchFolder, output: Pipe?) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = Pipe()
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}

import Foundation
import SystemPackage

extension Child {
  /// Starts a server and waits until it takes connections, for which ten seconds are enough.
  ///
  /// - Parameters:
  ///   - name: What a failure calls it.
  ///   - errors: Where its stderr goes, which a failure quotes.
  static func server(_ name: String, _ command: Command, on port: UInt16, errors: FilePath) throws -> Child {
    var command = command
    command.errors = .file(errors)
    let process = try start(command)
    for _ in 0..<500 where process.isRunning {
      if (try? HTTPConnection.open(port: port)) != nil { return process }
      Thread.sleep(forTimeInterval: 0.02)
    }
    let said = try? String(contentsOfFile: errors.string, encoding: .utf8)
    throw Failure("\(name) did not start: \(said ?? "")")
  }
}

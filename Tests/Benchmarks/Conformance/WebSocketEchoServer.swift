import Foundation
import RegistryServer

/// Sends back what the fuzzing client of a WebSocket test suite sends, over the sockets that the registry has for
/// agents.
enum WebSocketEchoServer {
  static let option = "--web-socket-echo-server"

  /// Prints its address, such as `ws://127.0.0.1:9001/ws?agent_id=…`, and runs until somebody ends this process.
  static func run() throws {
    try blocking {
      try await SocketEcho.run { port in
        let address = "ws://127.0.0.1:\(port)/ws?agent_id=\(UUID().uuidString.lowercased())\n"
        FileHandle.standardOutput.write(Data(address.utf8))
      }
    }
  }
}

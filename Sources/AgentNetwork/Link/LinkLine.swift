import BridgeProtocol
import HTTPTransport

/// One connection to the bridge, and what waits to be sent over it in its order.
struct LinkLine: Sendable {
  enum Order: Sendable {
    case frame([UInt8])
    case close(CloseCode)
  }

  let number: Int
  private let socket: WebSocketConnection
  private let orders: AsyncStream<Order>
  private let continuation: AsyncStream<Order>.Continuation

  init(number: Int, socket: WebSocketConnection) {
    self.number = number
    self.socket = socket
    (orders, continuation) = AsyncStream.makeStream()
  }

  /// Bounded by whoever gives the orders: it counts the bytes that wait.
  func give(_ order: Order) { continuation.yield(order) }

  func finish() { continuation.finish() }

  func close() async { await socket.close(CloseCode.normal.rawValue, reason: "") }

  /// Sends what is ordered and receives, until the end of the connection.
  ///
  /// - Parameters:
  ///   - received: Gets each frame.
  ///   - sent: Gets the bytes of each frame that has gone.
  /// - Returns: What the bridge closed it with; nil where it is just gone.
  func run(
    received: @Sendable ([UInt8]) async -> Void, sent: @escaping @Sendable (Int) async -> Void
  ) async -> CloseCode? {
    await withTaskGroup(of: Void.self, returning: CloseCode?.self) { group in
      group.addTask { await send(sent) }
      return await receive(received)
    }
  }

  /// Until the end of the orders, or of the connection.
  private func send(_ sent: @Sendable (Int) async -> Void) async {
    for await order in orders {
      switch order {
      case .frame(let bytes):
        do {
          try await socket.send(bytes)
        } catch {
          return await close()
        }
        await sent(bytes.count)
      case .close(let code): return await socket.close(code.rawValue, reason: "")
      }
    }
    await close()
  }

  private func receive(_ received: @Sendable ([UInt8]) async -> Void) async -> CloseCode? {
    defer { finish() }
    while let message = try? await socket.receive() {
      switch message {
      case .text(let bytes): await received(bytes)
      case .close(let code, _): return code.flatMap { CloseCode(rawValue: $0) }
      case .binary, .ping, .pong: break
      }
    }
    return nil
  }
}

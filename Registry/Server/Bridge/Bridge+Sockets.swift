import BridgeProtocol
import NIOCore
import NIOWebSocket
import RegistryStore

/// Why a first frame is refused: what the agent is told, and how its socket is closed.
private struct RegistrationRefusal: Error {
  /// Nil for no answer: one would be final.
  let error: String?
  let code: CloseCode
  let reason: String

  static let notJSON = RegistrationRefusal(error: "Invalid JSON", code: .policy, reason: "Invalid JSON")
  static let noRegistration = RegistrationRefusal(
    error: "First message must be register", code: .policy, reason: "Expected register")
  static let authentication = RegistrationRefusal(
    error: "Authentication failed", code: .policy, reason: "Auth failed")
  /// The agent tries again.
  static let unavailable = RegistrationRefusal(error: nil, code: .restart, reason: "Try again later")

  static func version(of registration: Registration) -> RegistrationRefusal {
    RegistrationRefusal(
      error: "Unsupported protocol version \(registration.bridgeVersion.prefix(20)), expected 2",
      code: registration.speaksV3 ? .version : .policy, reason: "Version mismatch")
  }
}

extension Registration {
  fileprivate var speaksV3: Bool { ext?.contains(BridgeExtension.meshV3) == true }
}

extension Bridge {
  typealias SocketChannel = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
  typealias Frames = NIOAsyncChannelInboundStream<WebSocketFrame>

  /// Bytes of a message of an agent that numbers its frames.
  private static let messageBytes = 256 << 10

  /// Talks to an agent until its socket has ended.
  func serve(_ channel: SocketChannel, agentID: String) async {
    let socket = AgentSocket(id: nextConnection(), channel: channel.channel)
    do {
      try await channel.executeThenClose { frames, _ in try await self.read(frames, socket, agentID) }
    } catch {
      // The other side has gone, or broke the framing, which its handler has answered: nothing is left to do.
      logger.trace("a socket ended", metadata: ["agent.id": "\(agentID)", "error": "\(error)"])
    }
  }

  private func read(_ frames: Frames, _ socket: AgentSocket, _ agentID: String) async throws {
    var relay: Relay?
    var limit = Int.max
    defer {
      socket.markEnded()
      relay?.disconnected(socket)
    }
    for try await frame in frames {
      switch frame.opcode {
      case .text where socket.isClosing: break
      case .text:
        let data = frame.unmaskedData
        if let relay {
          if data.readableBytes > limit {
            socket.close(.tooBig, reason: "Message too big")
          } else {
            await relay.receive(Self.agentFrame(data), from: socket)
          }
        } else if let registered = await register(socket, Self.agentFrame(data), agentID) {
          relay = registered.relay
          if registered.registration.speaksV3 { limit = Self.messageBytes }
        }
      case .binary: socket.close(CloseCode(rawValue: 1003), reason: "Text frames only")
      case .ping: socket.pong(frame.unmaskedData)
      case .connectionClose:
        socket.close(.normal, reason: "")
        return
      default: break
      }
    }
  }

  private static func agentFrame(_ data: ByteBuffer) -> Result<AgentFrame, FrameRefusal> {
    Result { () throws(FrameRefusal) in try FrameCoding.agentFrame(data.readableBytesView) }
  }

  private func register(
    _ socket: AgentSocket, _ frame: Result<AgentFrame, FrameRefusal>, _ agentID: String
  ) async -> (relay: Relay, registration: Registration)? {
    do throws(RegistrationRefusal) {
      let registration = try Self.registration(in: frame)
      let credentials = try await authenticate(registration, agentID)
      socket.markRegistered()
      return (try await enter(socket, credentials, registration, agentID), registration)
    } catch {
      if let text = error.error { socket.send(.registered(RegistrationResponse(status: .error, error: text))) }
      socket.close(error.code, reason: error.reason)
      return nil
    }
  }

  private static func registration(
    in frame: Result<AgentFrame, FrameRefusal>
  ) throws(RegistrationRefusal) -> Registration {
    switch frame {
    case .success(.register(let registration)):
      guard registration.bridgeVersion == "2" else { throw .version(of: registration) }
      return registration
    case .failure(.notJSON): throw .notJSON
    case .success, .failure: throw .noRegistration
    }
  }

  /// The token alone says who it is; agent of the address, agent of the frame and token have to agree before anything
  /// else of the agent is touched.
  private func authenticate(
    _ registration: Registration, _ agentID: String
  ) async throws(RegistrationRefusal) -> AgentCredentials {
    guard registration.agentId.lowercased() == agentID, let id = AgentID(parsing: agentID),
      let token = AccessToken(presented: registration.token)
    else { throw .authentication }
    let connecting: ConnectingAgent?
    do {
      connecting = try await store.agents.connecting(id, token: token, at: now())
    } catch {
      logger.error("looking up the token of an agent failed", metadata: ["error": "\(error)"])
      throw .unavailable
    }
    guard let connecting else { throw .authentication }
    return AgentCredentials(
      token: token, tokenID: connecting.tokenID, account: connecting.account, expiresAt: connecting.expiresAt,
      agentType: registration.agentType, capabilities: Array(registration.capabilities.prefix(100)),
      connectedAt: now())
  }

  /// Makes a socket the agent's own, in the place of an older one.
  private func enter(
    _ socket: AgentSocket, _ credentials: AgentCredentials, _ registration: Registration, _ agentID: String
  ) async throws(RegistrationRefusal) -> Relay {
    guard let id = AgentID(parsing: agentID) else { throw .authentication }
    do {
      let delay = relay(of: agentID).replacementDelay()
      if delay > .zero {
        try await Task.sleep(for: delay)
        // The token may have ended meanwhile.
        let isGood = try await store.agents.mayStayConnected(id, tokenID: credentials.tokenID, at: now())
        guard isGood else { throw RegistrationRefusal.authentication }
      }
      let generation = try await store.agents.nextGeneration(of: id)
      while !isDraining {
        let relay = relay(of: agentID)
        if relay.register(socket, credentials, registration, generation: generation) { return relay }
      }
    } catch let refusal as RegistrationRefusal {
      throw refusal
    } catch {
      logger.error("connecting an agent failed", metadata: ["agent.id": "\(agentID)", "error": "\(error)"])
    }
    throw .unavailable
  }
}

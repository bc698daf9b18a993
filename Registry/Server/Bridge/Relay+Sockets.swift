import BridgeProtocol
import Synchronization

/// The sockets of the agent: how they come, speak and go.
extension Relay {
  /// Takes over a socket of which token and agent were checked.
  func register(
    _ socket: AgentSocket, _ credentials: AgentCredentials, _ registration: Registration, generation: Int
  ) -> Bool {
    core.withLock { core -> Bool in
      guard !core.isRetired else { return false }
      if core.sockets.primary != nil { core.replacements.note(at: environment.clock.now) }
      core.sockets.add(RelaySockets.Connection(socket: socket, credentials: credentials))
      run(.registered(socket.id, registration, generation: generation), &core)
      return true
    }
  }

  /// How long a newcomer waits for the place of the connection that there is.
  func replacementDelay() -> Duration {
    core.withLock { core -> Duration in
      core.sockets.primary == nil ? .zero : core.replacements.delay(at: environment.clock.now)
    }
  }

  func disconnected(_ socket: AgentSocket) {
    core.withLock { core in
      if core.sockets.remove(socket.id) { run(.disconnected(socket.id), &core) }
    }
  }

  /// Ends the connection that a token has made, unless another has taken its place.
  func revoke(_ tokenID: Int64) {
    core.withLock { core in
      guard !core.isRetired, core.sockets.primary?.credentials.tokenID == tokenID else { return }
      run(.revoked, &core)
    }
  }

  /// A frame of a socket; waits while too much of the agent is on its way into the log.
  func receive(_ frame: Result<AgentFrame, FrameRefusal>, from socket: AgentSocket) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let hasRoom = core.withLock { $0.log.hasRoom(orResumes: continuation) }
      if hasRoom { continuation.resume() }
    }
    core.withLock { core -> Void in
      switch frame {
      case .success(let frame):
        core.sockets.note(frame, from: socket.id, at: environment.now())
        run(.frame(socket.id, frame), &core)
      case .failure(let refusal): run(.refused(socket.id, refusal), &core)
      }
    }
  }

  /// Of the socket that counts; nil while there is none.
  var credentials: AgentCredentials? { core.withLock { $0.sockets.primary?.credentials } }

  var hasSockets: Bool { core.withLock { !$0.sockets.isEmpty } }

  /// Sends a frame that is of no request, on the socket that counts.
  ///
  /// - Returns: False when there is none, or much waits for it already: nobody's signals may close it.
  func push(_ frame: BridgeFrame) -> Bool {
    guard let socket = core.withLock({ $0.sockets.primary?.socket }), socket.hasRoom else { return false }
    socket.send(frame)
    return true
  }

  /// Closes what is open of the agent's sockets, which connect again.
  ///
  /// - Returns: Whether there was any.
  @discardableResult
  func closeAll() -> Bool {
    core.withLock { core in
      for connection in core.sockets.all { connection.socket.close(.restart, reason: "Restart") }
      return !core.sockets.isEmpty
    }
  }
}

extension RelayState {
  mutating func receive(_ frame: AgentFrame) {
    guard let connection = primary else { return }
    primary?.lastReceived = now
    switch frame {
    case .register: closePrimary(.policy, "Already registered")
    case .heartbeat, .pong, .unknown: break
    case .ping(let ping): send(.pong(ping))
    case .skills(let carried): emit(.skills(carried.skills))
    case .discoverAgents(let discovery): emit(.discover(connection.id, discovery))
    case .callAgent(let call): emit(.call(connection.id, call))
    case .rtcSignal(let signal): emit(.signal(connection.id, signal))
    case .accept(let reference): receive(reference)
    case .chunk, .done, .error, .event:
      if let arrival = RelayArrival(frame) { receive(arrival, from: connection) }
    }
  }

  private mutating func receive(_ reference: AttemptReference) {
    if let request = requests[reference.requestId], request.attempt == reference.attempt, request.isSent {
      if !request.isEnding { accept(request.id) }
    } else if ended[reference.requestId] == nil {
      violate("An accepted request was not sent to this agent")
    }
  }

  private mutating func receive(_ arrival: RelayArrival, from connection: RelayConnection) {
    guard let request = requests[arrival.requestId] else { return receiveLate(arrival, from: connection) }
    guard request.isSent, arrival.sessionId == nil || arrival.sessionId == request.message.sessionId else {
      return violate("A frame names a request that was not sent to this agent in that conversation")
    }
    // An agent of version 2 has its frames numbered as they arrive.
    let seq = connection.speaksV3 ? arrival.seq ?? 0 : request.received + 1
    guard seq > 0, !connection.speaksV3 || arrival.attempt == request.attempt else {
      return violate("A frame has no number, or the attempt of another")
    }
    if seq <= request.received {
      drop(arrival)
    } else if request.isEnding {
      violate("A frame came after the end of its request")
    } else if seq > request.received + 1 {
      askAgain(request)
      drop(arrival)
    } else {
      take(arrival, seq: seq, for: request)
    }
  }

  private mutating func take(_ arrival: RelayArrival, seq: Int, for request: RelayRequest) {
    let bytes = arrival.event.payloadBytes
    if primary?.speaksV3 == true {
      guard request.outstanding + bytes <= window.requestBytes + Self.windowSlack,
        (primary?.outstanding ?? 0) + bytes <= window.connectionBytes + Self.windowSlack
      else { return closePrimary(.policy, "Flow control window exceeded") }
    }
    if !arrival.isRefusal(of: request) { accept(request.id) }
    requests[request.id]?.received = seq
    requests[request.id]?.lastActivity = now
    requests[request.id]?.asked = nil
    requests[request.id]?.outstanding += bytes
    requests[request.id]?.isEnding = arrival.event.isEnding
    if case .chunk(_, .text, _, _) = arrival.event { requests[request.id]?.hasText = true }
    primary?.outstanding += bytes
    guard case .done(let result, let attachments, let offer) = arrival.event else {
      let parts = speaksV3 ? [arrival.event] : Self.parts(of: arrival.event)
      for part in parts.dropLast() { append(part, to: request) }
      return append(parts.last ?? arrival.event, to: request, seq: seq)
    }
    // Some agents send their whole answer at the end; the log has the text once.
    if let result, !result.isEmpty, !request.hasText {
      let text = TaskEventBody.chunk(delta: result, kind: .text, toolName: nil, toolCallId: nil)
      for part in Self.parts(of: text) { append(part, to: request) }
    }
    append(.done(result: nil, attachments: attachments, fileTransferOffer: offer), to: request, seq: seq)
  }

  /// Version 2 has no limit for the text of a frame, and a reader holds an event as a whole.
  private static func parts(of event: TaskEventBody) -> [TaskEventBody] {
    guard case .chunk(let text, let kind, nil, nil) = event, text.utf8.count > partBytes else { return [event] }
    return text.parts(ofAtMost: partBytes).map {
      .chunk(delta: String($0), kind: kind, toolName: nil, toolCallId: nil)
    }
  }

  /// What follows a gap is ignored until the gap is filled.
  private mutating func askAgain(_ request: RelayRequest) {
    let from = request.received + 1
    if let asked = request.asked, asked.from == from, now < asked.at + timings.resendPause { return }
    requests[request.id]?.asked = (from, now)
    send(.resend(ResendRequest(requestId: request.id, attempt: request.attempt, from: from)))
  }

  /// A frame of a request that has ended.
  ///
  /// The agent may not know that yet; its journal is told to forget the frame.
  private mutating func receiveLate(_ arrival: RelayArrival, from connection: RelayConnection) {
    guard let request = ended[arrival.requestId], !connection.speaksV3 || arrival.attempt == request.attempt else {
      return violate("A frame names a request that was not sent to this agent")
    }
    let seq = arrival.seq ?? 0
    if let last = request.last {
      guard connection.speaksV3, seq <= last else { return violate("A frame came after the end of its request") }
    } else {
      if arrival.event.isEnding { ended[arrival.requestId]?.last = seq }
      if connection.speaksV3 {
        send(.ack(Acknowledgement(requestId: arrival.requestId, attempt: request.attempt, seq: seq)))
      }
    }
    drop(arrival)
  }
}

extension LinkState {
  mutating func start() {
    guard phase == .idle else { return }
    startedAt = now
    dial()
  }

  private mutating func dial() {
    phase = .dialing
    emit(.dial)
  }

  mutating func opened() {
    guard phase == .dialing || isRedialing else { return }
    (isRedialing, redialAt) = (false, nil)
    connEpoch += 1
    phase = .registering(since: now)
    // One that is starting is named too: this process brings it to its end, whatever comes of the start.
    let streams = runsInOrder.prefix(Self.runLimit).map {
      Registration.Stream(
        requestId: $0.requestId, attempt: $0.attempt, ackedOut: $0.acked, lastOut: $0.last, nextIn: 2)
    }
    send(
      .register(
        Registration(
          agentId: identity.agentId, token: identity.token, agentType: identity.agentType,
          capabilities: identity.capabilities, ext: [BridgeExtension.meshV3], instanceId: identity.instanceId,
          connEpoch: connEpoch,
          resume: streams.isEmpty ? nil : Registration.Resume(session: session, streams: streams))))
  }

  mutating func registered(_ response: RegistrationResponse) {
    guard case .registering = phase else { return }
    guard response.status == .ok else {
      emit(.close(.normal))
      return end(.refused(response.error ?? "The bridge refused the registration"))
    }
    phase = .online(since: now)
    speaksV3 = response.ext?.contains(BridgeExtension.meshV3) ?? false
    session = response.session ?? ""
    window = response.window?.bounded ?? .init()
    credit = window.connectionBytes
    pingAt = now + (speaksV3 ? timings.heartbeat : timings.plainHeartbeat)
    aliveUntil = now + timings.dead
    saysOnline = true
    emit(.online(generation: response.generation))
    resume(response)
    if speaksV3, let skills { send(.skills(CarriedSkills(skills: skills))) }
    for run in runsInOrder { pump(run.requestId) }
  }

  mutating func closed(_ code: CloseCode?) {
    switch phase {
    case .registering, .online: break
    case .idle, .waiting, .dialing, .ended: return
    }
    switch code {
    case .some(.replaced): end(.replaced)
    case .some(.revoked): end(.revoked)
    case .some(.version): end(.version("The bridge speaks another version of the protocol"))
    default: lost(code.map { "Closed with code \($0.rawValue)" } ?? "The connection broke")
    }
  }

  mutating func failedToOpen(isFinal: Bool, _ reason: String) {
    if isFinal, phase == .dialing { return end(.refused(reason)) }
    if isRedialing {
      isRedialing = false
      redialAt = now + backoff.next()
    } else if phase == .dialing {
      retry()
    }
  }

  /// The connection is gone; the next one follows by itself.
  mutating func lost(_ reason: String) {
    if case .online(let since) = phase {
      if now >= since + timings.stable { backoff.reset() }
      if !speaksV3 { forgetPlainRuns() }
    }
    sayOffline(reason)
    if isRedialing {
      isRedialing = false
      phase = .dialing
    } else if let redialAt {
      phase = .waiting(until: redialAt)
    } else {
      retry()
    }
    redialAt = nil
  }

  private mutating func sayOffline(_ reason: String) {
    guard saysOnline else { return }
    saysOnline = false
    emit(.offline(reason: reason))
  }

  private mutating func retry() {
    phase = .waiting(until: now + backoff.next())
  }

  mutating func end(_ ending: LinkEnding) {
    sayOffline("The link has ended")
    for run in runsInOrder where !run.hasEnded { emit(.cancelRun(requestId: run.requestId)) }
    phase = .ended
    emit(.ended(ending))
  }

  mutating func goAway(_ notice: GoAway) {
    guard isOnline, !isRedialing, redialAt == nil, stopBy == nil else { return }
    redialAt = now + .milliseconds(max(0, notice.reconnectAfterMs)) + backoff.spread
  }

  mutating func expire() {
    if let stopBy, now >= stopBy { return finishStop() }
    switch phase {
    case .waiting(let until): if now >= until { dial() }
    case .registering(let since):
      if now >= since + timings.clientRegistration {
        emit(.close(.normal))
        lost("The bridge did not answer the registration")
      }
    case .online: beat()
    case .idle, .dialing, .ended: break
    }
  }

  private mutating func beat() {
    if speaksV3, now >= aliveUntil {
      emit(.close(.heartbeat))
      return lost("The bridge is silent")
    }
    if now >= pingAt { ping() }
    if let redialAt, now >= redialAt, !isRedialing {
      self.redialAt = nil
      isRedialing = true
      emit(.dial)
    }
  }

  private mutating func ping() {
    pingAt = now + (speaksV3 ? timings.heartbeat : timings.plainHeartbeat)
    let uptime = (now - startedAt).inMilliseconds
    if speaksV3 {
      send(.ping(Ping(ts: uptime)))
    } else {
      send(.heartbeat(Heartbeat(activeSessions: runs.count, uptimeMs: uptime)))
    }
  }

  mutating func woke() {
    if case .waiting = phase { dial() }
    guard isOnline else { return }
    ping()
    aliveUntil = min(aliveUntil, now + timings.wakeGrace)
  }
}

extension RegistrationResponse.Window {
  /// With sizes that can be reckoned with, whatever a bridge says.
  fileprivate var bounded: Self {
    Self(requestBytes: min(max(requestBytes, 0), 1 << 30), connectionBytes: min(max(connectionBytes, 0), 1 << 30))
  }
}

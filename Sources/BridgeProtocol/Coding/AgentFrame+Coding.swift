extension AgentFrame: TypedFrame {
  init(type: String, from decoder: any Decoder) throws {
    switch type {
    case "register": self = .register(try Registration(from: decoder))
    case "chunk": self = .chunk(try Chunk(from: decoder))
    case "done": self = .done(try Completion(from: decoder))
    case "error": self = .error(try RequestFailure(from: decoder))
    case "heartbeat": self = .heartbeat(try Heartbeat(from: decoder))
    case "accept": self = .accept(try AttemptReference(from: decoder))
    case "event": self = .event(try ExtraEvent(from: decoder))
    case "ping": self = .ping(try Ping(from: decoder))
    case "pong": self = .pong(try Ping(from: decoder))
    case "skills": self = .skills(try CarriedSkills(from: decoder))
    case "discover_agents": self = .discoverAgents(try AgentDiscovery(from: decoder))
    case "call_agent": self = .callAgent(try AgentCall(from: decoder))
    case "rtc_signal": self = .rtcSignal(try OutgoingSignal(from: decoder))
    default: self = .unknown(type: type)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .register(let body): try encoder.encode("register", body)
    case .chunk(let body): try encoder.encode("chunk", body)
    case .done(let body): try encoder.encode("done", body)
    case .error(let body): try encoder.encode("error", body)
    case .heartbeat(let body): try encoder.encode("heartbeat", body)
    case .accept(let body): try encoder.encode("accept", body)
    case .event(let body): try encoder.encode("event", body)
    case .ping(let body): try encoder.encode("ping", body)
    case .pong(let body): try encoder.encode("pong", body)
    case .skills(let body): try encoder.encode("skills", body)
    case .discoverAgents(let body): try encoder.encode("discover_agents", body)
    case .callAgent(let body): try encoder.encode("call_agent", body)
    case .rtcSignal(let body): try encoder.encode("rtc_signal", body)
    case .unknown(let type): try encoder.encodeType(type)
    }
  }
}

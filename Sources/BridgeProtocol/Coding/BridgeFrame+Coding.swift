extension BridgeFrame: TypedFrame {
  init(type: String, from decoder: any Decoder) throws {
    switch type {
    case "registered": self = .registered(try RegistrationResponse(from: decoder))
    case "message": self = .message(try RequestMessage(from: decoder))
    case "cancel": self = .cancel(try Cancellation(from: decoder))
    case "ack": self = .ack(try Acknowledgement(from: decoder))
    case "resend": self = .resend(try ResendRequest(from: decoder))
    case "credit": self = .credit(try Credit(from: decoder))
    case "ping": self = .ping(try Ping(from: decoder))
    case "pong": self = .pong(try Ping(from: decoder))
    case "goaway": self = .goaway(try GoAway(from: decoder))
    case "discover_agents_result": self = .discoverAgentsResult(try DiscoveredAgentList(from: decoder))
    case "call_agent_chunk": self = .callAgentChunk(try AgentCallChunk(from: decoder))
    case "call_agent_done": self = .callAgentDone(try AgentCallDone(from: decoder))
    case "call_agent_error": self = .callAgentError(try AgentCallError(from: decoder))
    case "rtc_signal_relay": self = .rtcSignalRelay(try RelayedSignal(from: decoder))
    default: self = .unknown(type: type)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .registered(let body): try encoder.encode("registered", body)
    case .message(let body): try encoder.encode("message", body)
    case .cancel(let body): try encoder.encode("cancel", body)
    case .ack(let body): try encoder.encode("ack", body)
    case .resend(let body): try encoder.encode("resend", body)
    case .credit(let body): try encoder.encode("credit", body)
    case .ping(let body): try encoder.encode("ping", body)
    case .pong(let body): try encoder.encode("pong", body)
    case .goaway(let body): try encoder.encode("goaway", body)
    case .discoverAgentsResult(let body): try encoder.encode("discover_agents_result", body)
    case .callAgentChunk(let body): try encoder.encode("call_agent_chunk", body)
    case .callAgentDone(let body): try encoder.encode("call_agent_done", body)
    case .callAgentError(let body): try encoder.encode("call_agent_error", body)
    case .rtcSignalRelay(let body): try encoder.encode("rtc_signal_relay", body)
    case .unknown(let type): try encoder.encodeType(type)
    }
  }
}

import BridgeProtocol

/// What a link does beside its decisions.
enum LinkJob: Sendable {
  case dial
  case run(RequestMessage, until: AsyncStream<Void>)
  case wake(at: Duration)
  case stop
  case announce([CarriedSkill])
}

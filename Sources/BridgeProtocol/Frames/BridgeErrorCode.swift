/// Codes of a request that failed (protocol version 2, section 7).
package enum BridgeErrorCode: String, Sendable, CaseIterable {
  case timeout
  case adapterCrash = "adapter_crash"
  case agentBusy = "agent_busy"
  case authFailed = "auth_failed"
  case agentOffline = "agent_offline"
  case invalidMessage = "invalid_message"
  case sessionNotFound = "session_not_found"
  case rateLimited = "rate_limited"
  case internalError = "internal_error"
  case cancelled
  case payloadTooLarge = "payload_too_large"
  case sandboxUnavailable = "sandbox_unavailable"
}

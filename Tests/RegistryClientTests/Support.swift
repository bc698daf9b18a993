import HTTPTransport
import RegistryClient
import Skills
import TestSupport
import Testing

func client(
  at address: String, token: String? = nil, timeouts: Timeouts = Timeouts(), cache: SkillCache? = nil,
  isOffline: Bool = false
) throws -> RegistryClient {
  var configuration = TransportConfiguration(userAgent: "agent-mesh/test", environment: [:])
  configuration.pause = { _ in }
  return try RegistryClient(
    address: RegistryAddress(parsing: address), token: token, transport: HTTPTransport(configuration),
    timeouts: timeouts, cache: cache, isOffline: isOffline)
}

extension TestServer {
  var address: String { "http://127.0.0.1:\(port)" }
}

/// The failure of `work`, which must fail.
func failure<Value>(
  sourceLocation: SourceLocation = #_sourceLocation, of work: () async throws -> Value
) async -> MeshError? {
  do {
    _ = try await work()
    Issue.record("nothing failed", sourceLocation: sourceLocation)
  } catch let error as MeshError {
    return error
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
  }
  return nil
}

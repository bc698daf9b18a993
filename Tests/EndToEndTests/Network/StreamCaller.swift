import Foundation
import HTTPTransport
import RegistryAPI
import TestSupport

/// A caller with nothing but HTTP, which goes on with an answer where it was cut off.
struct StreamCaller: Sendable {
  struct Answer: Sendable {
    var text = ""
    /// Streams that it came over.
    var streams = 0
    fileprivate var position = 0
  }

  private static let longest = Duration.seconds(400)
  /// Statuses after which the same question may well be answered.
  private static let passing = [429, 502, 503]

  private let transport: HTTPTransport
  /// Scheme, host and port.
  private let url: String
  private let token: String

  /// - Parameter count: How many answers come at once.
  init(to url: String, token: String, count: Int) {
    var configuration = TransportConfiguration(userAgent: "stream-caller", environment: [:])
    configuration.connectionsPerHost = count
    configuration.connections = count
    transport = HTTPTransport(configuration)
    (self.url, self.token) = (url, token)
  }

  /// Asks an agent, and reads until the answer has ended well.
  ///
  /// - Throws: For an answer that ends badly, repeats itself or has lost a part; when it takes too long.
  func answer(of agent: String, to prompt: String) async throws -> Answer {
    let deadline = ContinuousClock.now + Self.longest
    var (id, answer) = (String?.none, Answer())
    while ContinuousClock.now < deadline {
      do {
        if id == nil { id = try await submit(prompt, to: agent) }
        if let id, try await read(Route.taskEvents.path([agent, id]), into: &answer) { return answer }
      } catch is TransportError {
        // Cut, or nobody listens at the moment.
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Registry.Failure("no end of the answer to \(prompt), at \(answer.position)")
  }

  /// - Returns: The id of the request, the same however often it is sent; nil while there is nobody for it.
  private func submit(_ prompt: String, to agent: String) async throws -> String? {
    var request = try request(.post, Route.agentCall.path([agent]))
    request.headers["Content-Type"] = "application/json"
    request.headers["Idempotency-Key"] = prompt
    request.body = .bytes(try WireCoding.encode(CallRequest(taskDescription: prompt, mode: .async)))
    let response = try await transport.send(request)
    if Self.passing.contains(response.status) { return nil }
    guard response.isSuccess else {
      throw Registry.Failure("\(prompt): \(response.status) \(String(decoding: response.body, as: UTF8.self))")
    }
    return try WireCoding.decode(TaskSubmission.self, from: response.body).requestId
  }

  /// - Returns: Whether the answer has ended.
  private func read(_ path: String, into answer: inout Answer) async throws -> Bool {
    var request = try request(.get, path)
    request.headers["Last-Event-ID"] = answer.position > 0 ? "\(answer.position)" : nil
    request.retries = .never
    request.timeouts.stall = .seconds(60)
    request.timeouts.minimumRate = 1
    switch try await transport.events(request) {
    case .events(let events):
      answer.streams += 1
      for try await event in events {
        if try take(event, into: &answer) { return true }
      }
    case .response(let response):
      guard Self.passing.contains(response.status) else { throw Registry.Failure("\(path): \(response.status)") }
    }
    return false
  }

  private func take(_ event: ServerSentEvent, into answer: inout Answer) throws -> Bool {
    let call = try WireCoding.decode(CallEvent.self, from: event.data.utf8)
    switch call.type {
    case .start, .keepalive: return false
    case .done: return true
    case .reset: throw Registry.Failure("the beginning is lost")
    case .error: throw Registry.Failure("\(call.code ?? ""): \(call.message ?? "")")
    case .chunk:
      guard let position = Int(event.id), position > answer.position else {
        throw Registry.Failure("after \(answer.position) comes '\(event.id)'")
      }
      answer.position = position
      if call.kind == nil { answer.text += call.delta ?? "" }
      return false
    }
  }

  private func request(_ method: HTTPMethod, _ path: String) throws -> HTTPRequest {
    let address = try HTTPURL(parsing: url + path)
    return HTTPRequest(method, address, credential: try Credential(token: token, for: address.origin))
  }
}

import HTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// Asking an agent: a call of its own, or a message of a conversation; as a stream, or as a task to come back for.
struct CallRoutes: Sendable {
  let services: RegistryServices

  func call(_ call: Call, _ called: CalledAgent) async throws -> Reply {
    let request = try call.json(CallRequest.self)
    let isAsync = request.mode.map { $0 == .async } ?? !Self.asksForEvents(call)
    let asked = AgentRequest(request, isAsync: isAsync)
    if isAsync { return try Self.accepted(await services.submit(asked, to: called, by: call)) }
    // First: who is turned away has asked nothing.
    let room = try call.reserveEvents()
    let task = try await services.submit(asked, to: called, by: call)
    return .stream(
      services.bridge.events(of: task.requestID, after: 0), as: CallEventRenderer(task), holding: room,
      headers: Self.fields(of: task))
  }

  func chat(_ call: Call, _ called: CalledAgent) async throws -> Reply {
    let request = try call.json(ChatRequest.self)
    let isAsync = request.mode == .async
    let session = try Self.session(request, call, called)
    let asked = AgentRequest(request, in: session, isAsync: isAsync)
    if isAsync { return try Self.accepted(await services.submit(asked, to: called, by: call)) }
    let room = try call.reserveEvents()
    let task = try await services.submit(asked, to: called, by: call)
    var fields = Self.fields(of: task)
    fields[.messageStream] = "v1"
    return .stream(
      services.bridge.events(of: task.requestID, after: 0), as: ChatEventRenderer(task), holding: room, headers: fields)
  }

  /// The conversation that goes on, by the header or by the body, or a new one.
  private static func session(
    _ request: ChatRequest, _ call: Call, _ called: CalledAgent
  ) throws(MeshError) -> SessionKey {
    let header = call.request.headers[.sessionKey]
    if let header, let body = request.sessionKey, header != body {
      throw MeshError(.validationError, "X-Session-Key and session_key name two conversations", hint: "Send one.")
    }
    guard let text = header ?? request.sessionKey else {
      return SessionKey(of: called.account, with: called.agent.id)
    }
    return try SessionKey(resuming: text, of: called.account, with: called.agent.id)
  }

  private static func asksForEvents(_ call: Call) -> Bool {
    call.request.headers[.accept]?.lowercased().contains("text/event-stream") == true
  }

  private static func fields(of task: TaskRecord) -> HTTPFields {
    [.callID: task.callID, .sessionKey: task.sessionKey]
  }

  private static func accepted(_ task: TaskRecord) throws -> Reply {
    let submission = TaskSubmission(
      requestId: task.requestID, callId: task.callID, sessionKey: task.sessionKey, status: TaskState(task.state),
      pollUrl: Route.taskStatus.path([task.agent, task.requestID]), errorCode: task.errorCode,
      errorMessage: task.errorMessage)
    var reply = try Reply.json(submission, status: .accepted)
    for field in fields(of: task) { reply.headers[field.name] = field.value }
    return reply
  }
}

extension TaskState {
  init(_ state: TaskStateKind) {
    self =
      switch state {
      case .pending: .pending
      case .running: .running
      case .completed: .completed
      case .failed: .failed
      }
  }
}

import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Talking to an agent.
struct ChatPages: Sendable {
  let services: RegistryServices

  private static let messagesPerPage = 20
  /// Bytes of answers on a page; the rest comes as events.
  private static let answerBytes = 2 << 20

  private var tasks: TaskRoutes { TaskRoutes(services: services) }

  func begin(_ call: Call, _ visit: PersonalAgentVisit) -> Reply { page(TypedForm(), visit) }

  /// Leads to the conversation, in which the answer comes.
  func send(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    var form = try TypedForm(call, "message", "conversation")
    let session = try form["conversation"].isEmpty ? UUID() : Self.session(form["conversation"])
    let key = SessionKey(of: visit.person.account.id, with: visit.agent.id, id: session)
    do {
      let message = form["message"].replacing("\r\n", with: "\n")
      let request = AgentRequest(ChatRequest(message: message), in: key, isAsync: true)
      _ = try await services.submit(request, to: visit.called, by: call)
    } catch {
      try Self.hold(error, in: &form)
      return page(form, visit)
    }
    return .redirect(to: Route.conversationPage.path(of: visit.agent, session.uuidString.lowercased()))
  }

  /// - Throws: `notFound` for a conversation of which nothing is known.
  func show(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    let (agent, session) = (visit.agent, try Self.session(try call.part("session")))
    let key = SessionKey(of: visit.person.account.id, with: agent.id, id: session)
    let before = try call.cursor("before", TaskCursor.number)
    let found = try await services.tasks.tasks(
      inConversation: key.text, of: visit.person.account.id.rawValue, with: agent.id.rawValue, before: before ?? .max,
      limit: Self.messagesPerPage + 1)
    guard !found.isEmpty || before != nil else { throw Self.unknownConversation }
    let shown = found.prefix(Self.messagesPerPage)
    let path = Route.conversationPage.path(of: agent, session.uuidString.lowercased())
    let last = found.count > shown.count ? shown.last?.number : nil
    return page(
      TypedForm(["conversation": session.uuidString.lowercased()]), visit, try await messages(Array(shown), agent),
      Pager(path, isContinued: before != nil, next: last.map { "before=\($0)" }))
  }

  /// The events of an answer as the API has them, behind the position that the page shows.
  func events(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    let position = call.queryValue("after").flatMap { Int($0) } ?? 0
    return try await tasks.stream(call, visit.called, after: max(0, position))
  }

  func stop(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    let task = try await tasks.task(call, visit.called)
    try await services.bridge.cancel(task.requestID)
    let session = task.sessionKey.split(separator: ":").last.flatMap { UUID(uuidString: String($0)) }
    guard let session, task.callerAccount == visit.person.account.id.rawValue else {
      return .redirect(to: Route.agentPage.path(of: visit.agent))
    }
    return .redirect(to: Route.conversationPage.path(of: visit.agent, session.uuidString.lowercased()))
  }

  private func messages(_ tasks: [TaskRecord], _ agent: AgentRecord) async throws -> [ChatPage.Message] {
    var (messages, budget): ([ChatPage.Message], Int) = ([], Self.answerBytes)
    for task in tasks {
      let answer = try await TaskAnswer.read(task, from: services.tasks, budget: budget)
      budget -= answer.size
      messages.append(ChatPage.Message(task, answer, with: agent))
    }
    return messages
  }

  private func page(
    _ form: TypedForm, _ visit: PersonalAgentVisit, _ messages: [ChatPage.Message] = [], _ pager: Pager? = nil
  ) -> Reply {
    let (agent, conversation) = (visit.agent, form["conversation"])
    let name = "\(agent.author)/\(agent.slug)"
    let page = ChatPage(
      agentName: name, agentPath: Route.agentPage.path(of: agent),
      chips: agent.chips(isOnline: services.bridge.isOnline(agent.id.rawValue)),
      conversation: conversation.isEmpty ? nil : conversation, newPath: Route.chatPage.path(of: agent),
      sendPath: Route.chatPage.path(of: agent), problem: form.problem, messageText: form["message"],
      messages: messages, isRunning: messages.contains { $0.stopPath != nil }, pager: pager)
    return services.pages.reply(.chat, "Chat with \(name)", page, for: visit.person.visitor, showing: form)
  }

  /// Has the form keep what was typed when it is only not taken now.
  private static func hold(_ error: any Error, in form: inout TypedForm) throws {
    if let refusal = error as? MeshError, [.agentOffline, .validationError, .payloadTooLarge].contains(refusal.code) {
      form.refuse(refusal)
    } else {
      try form.holdBack(error)
    }
  }

  private static func session(_ text: String) throws(MeshError) -> UUID {
    guard text.utf8.count == 36, let id = UUID(uuidString: text) else { throw unknownConversation }
    return id
  }

  private static let unknownConversation = MeshError(
    .notFound, "there is no such conversation of yours", hint: "Yours are on the page of conversations.")
}

/// What a runtime says while it answers a request, in order; `done` or `failed` is the last.
package enum RunEvent: Hashable, Sendable {
  case text(String)
  case thinking(String)
  case toolStart(id: String, name: String)
  case toolInput(id: String, String)
  case toolResult(id: String, String, isError: Bool)
  case status(String)
  case artifact(String)
  case message(String)
  case inputRequired(String)
  case usage(String)
  case done(attachments: [Attachment])
  case failed(code: String, message: String)
}

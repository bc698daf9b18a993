/// What a runtime says while it answers; the last event is `done` or `failed`, and there is one of these.
package enum RuntimeEvent: Hashable, Sendable {
  case text(String)
  case thinking(String)
  case toolStart(id: String, name: String)
  /// A part of the arguments, as JSON.
  case toolInput(id: String, String)
  case toolResult(id: String, String, isError: Bool)
  case status(String)
  /// JSON, as of the other three that are not plain text.
  case artifact(String)
  case message(String)
  case inputRequired(String)
  case usage(String)
  case done(attachments: [RuntimeAttachment])
  case failed(code: String, message: String)

  package var isEnding: Bool {
    switch self {
    case .done, .failed: true
    default: false
    }
  }
}

/// A file that an answer names.
package struct RuntimeAttachment: Codable, Hashable, Sendable {
  package var name: String
  package var url: String
  package var type: String?

  package init(name: String, url: String, type: String? = nil) {
    self.name = name
    self.url = url
    self.type = type
  }
}

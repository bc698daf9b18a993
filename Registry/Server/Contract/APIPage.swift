/// The page that shows the API: its operations, each with what it takes and answers.
struct APIPage: Sendable {
  struct Group: Sendable {
    var groupName: String
    var anchor: String
    var operations: [Operation]
  }

  struct Operation: Sendable {
    var operationID: String
    var method: String
    var route: String
    var summary: String
    var audience: String
    /// What a token has to be for; nil where nothing is asked of it.
    var rights: String?
    var rateClass: String
    var errors: String
    /// Examples.
    var request: String?
    var response: String?
  }

  var filePath: String
  /// An example of a failure.
  var failure: String
  var groups: [Group]

  init(_ description: APIDescription, filePath: String) {
    self.filePath = filePath
    failure = String(decoding: description.example(of: "Problem") ?? [], as: UTF8.self)
    groups = []
    for operation in description.operations {
      if let index = groups.firstIndex(where: { $0.groupName == operation.group }) {
        groups[index].operations.append(Operation(operation))
      } else {
        let anchor = operation.group.lowercased().replacing(" ", with: "-")
        groups.append(Group(groupName: operation.group, anchor: anchor, operations: [Operation(operation)]))
      }
    }
  }
}

extension APIPage.Operation {
  fileprivate init(_ operation: APIOperation) {
    operationID = operation.id
    method = operation.method
    route = operation.path
    summary = operation.summary
    audience =
      switch operation.access {
      case "open": "everybody"
      case "reader": "whoever may see the skill"
      case "publisher": "whoever publishes the skill"
      case "owner": "the owner of the skill"
      case "agent_reader": "whoever may see the agent"
      case "agent_caller": "whoever may call the agent"
      case "agent_owner": "the owner of the agent"
      case "platform": "the platform, with its secret"
      default: "whoever has a token"
      }
    rights = operation.rights.isEmpty ? nil : operation.rights.joined(separator: ", ")
    rateClass = operation.rateClass
    errors = operation.errors.joined(separator: ", ")
    request = operation.request().map { String(decoding: $0.example, as: UTF8.self) }
    response = operation.response.map { String(decoding: $0.example, as: UTF8.self) }
  }
}

/// The one error that both programs throw where modules join: what went wrong, in words and as a stable code.
///
/// The code travels over the wire unchanged and decides the exit status and the HTTP status.
package struct MeshError: Error, Sendable, CustomStringConvertible {
  package var code: ErrorCode
  /// Names the thing and says what happened, in one sentence; safe for a terminal.
  package private(set) var message: String
  /// The next step, when there is one; safe for a terminal.
  package private(set) var hint: String?
  /// What a check found, when findings are the reason.
  package var findings: [Finding]
  /// Header fields that go with the error in a response, by name.
  package var headers: [String: String]
  /// The code as another program spelled it, kept when it is not one of ours.
  package var foreignCode: String?

  package init(
    _ code: ErrorCode, _ message: Message, hint: Message? = nil, findings: [Finding] = [],
    headers: [String: String] = [:]
  ) {
    self.code = code
    self.message = message.description
    self.hint = hint?.description
    self.findings = findings
    self.headers = headers
  }

  /// An error that another program reported by its wire code, in words that are made safe here.
  package init(wireCode: String, message: String, hint: String? = nil, findings: [Finding] = []) {
    let known = ErrorCode(wire: wireCode)
    let hint: Message? = hint.map { "\($0, limit: 1_000)" }
    self.init(known ?? .unknown, "\(message, limit: 1_000)", hint: hint, findings: findings)
    foreignCode = known == nil ? wireCode : nil
  }

  package var wireCode: String { foreignCode ?? code.wire }

  /// The same error with another next step, or with none.
  package func with(hint: Message?) -> MeshError {
    var error = self
    error.hint = hint?.description
    return error
  }

  package var description: String {
    guard let hint else { return message }
    return "\(message). \(hint)"
  }
}

/// The one error that both programs throw where modules join: what went wrong, in words and as a stable code.
///
/// The code travels over the wire unchanged and decides the exit status and the HTTP status.
package struct MeshError: Error, Sendable, CustomStringConvertible {
  package var code: ErrorCode
  /// Names the thing and says what happened, in one sentence.
  package var message: String
  /// The next step, when there is one.
  package var hint: String?
  /// What a check found, when findings are the reason.
  package var findings: [Finding]
  /// The code as another program spelled it, kept when it is not one of ours.
  package var foreignCode: String?

  package init(_ code: ErrorCode, _ message: String, hint: String? = nil, findings: [Finding] = []) {
    self.code = code
    self.message = message
    self.hint = hint
    self.findings = findings
  }

  /// An error that another program reported by its wire code.
  package init(wireCode: String, message: String, hint: String? = nil, findings: [Finding] = []) {
    let known = ErrorCode(rawValue: wireCode)
    self.init(known ?? .unknown, message, hint: hint, findings: findings)
    foreignCode = known == nil ? wireCode : nil
  }

  package var wireCode: String { foreignCode ?? code.rawValue }

  package var description: String {
    guard let hint else { return message }
    return "\(message). \(hint)"
  }
}

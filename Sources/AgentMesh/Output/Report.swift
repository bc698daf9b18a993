import Skills

/// What a command found or did: the same value as JSON for programs and as text for people.
protocol Report: Encodable, Sendable {
  /// A sentence or a table for a terminal.
  func text(_ style: Style) -> Message

  /// Whether it tells what was done, which `--quiet` leaves out, instead of what was asked for.
  var isAction: Bool { get }

  /// Whether the command has written it already, while it worked.
  var isWritten: Bool { get }

  /// Success unless the report says that something is wrong.
  var status: ExitStatus { get }
}

extension Report {
  var isAction: Bool { false }
  var isWritten: Bool { false }
  var status: ExitStatus { .success }
}

/// The report of a command that has several kinds of them.
struct AnyReport: Report {
  let report: any Report

  var isAction: Bool { report.isAction }
  var isWritten: Bool { report.isWritten }
  var status: ExitStatus { report.status }

  func encode(to encoder: any Encoder) throws { try report.encode(to: encoder) }
  func text(_ style: Style) -> Message { report.text(style) }
}

/// What is left to say of a command that has written everything while it worked.
struct WrittenReport: Report {
  var status = ExitStatus.success

  var isWritten: Bool { true }

  func encode(to encoder: any Encoder) throws {}
  func text(_ style: Style) -> Message { "" }
}

/// The member that says whether all is well, beside those of a value that is encoded as it is.
struct SuccessMember: Encodable {
  let success: Bool
}

/// A failure as JSON on stdout.
struct FailureReport: Encodable {
  let success = false
  let error: String
  let message: String
  let hint: String?
  let findings: [Finding]?

  init(_ failure: MeshError) {
    error = failure.wireCode
    message = failure.message
    hint = failure.hint
    findings = failure.findings.isEmpty ? nil : failure.findings
  }
}

extension Finding {
  /// `subject: file:line: severity: message [rule]`, and what to do about it.
  func text(_ style: Style) -> Message {
    text { part, text in
      switch part {
      case .severity(.error): style.red(text)
      case .severity(.warning): style.yellow(text)
      case .severity(.note), .detail: style.faint(text)
      }
    }
  }
}

import Skills

extension HelpTopic {
  static let exitStatus = HelpTopic(
    name: "exit-status", title: "What the exit status of a command means",
    text: """
      \(ExitStatus.allCases.map { row([("\($0.rawValue)", 3)], $0.meaning) }.joined(separator: "\n"))

      A command that SIGTERM ends has 143.

      With --json a failure is, on stdout:

        {"success":false,"error":"lock_mismatch","message":"…","hint":"…"}

      "error" is a stable code: scripts match on it or on the exit status. Messages
      may change in every version. See: agent-mesh help errors

        agent-mesh skills ci || case $? in
          5) echo 'run: agent-mesh skills install, and commit skills.lock' ;;
          6) echo 'the registry is not reachable' ;;
        esac
      """)

  static let errors = HelpTopic(
    name: "errors", title: "What the codes of failures mean",
    text: """
      Code and exit status, as in the JSON of a failure:

      \(ErrorCode.allCases.map { row([($0.wire, 21), ("\($0.exitStatus.rawValue)", 3)], $0.meaning) }
        .joined(separator: "\n"))
      """)

  private static func row(_ cells: [(text: String, width: Int)], _ meaning: String) -> String {
    let columns = cells.map { $0.text + String(repeating: " ", count: max(0, $0.width - $0.text.count)) }
    return "  " + (columns + [meaning]).joined(separator: "  ")
  }
}

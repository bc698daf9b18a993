/// What the program tells the shell, with what it means.
///
/// Scripts depend on the numbers; the help topic and the documentation are made of this table.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case success = 0
  case failure = 1
  case usage = 2
  case denied = 3
  case notFound = 4
  case conflict = 5
  case unreachable = 6
  case integrity = 7
  case partial = 8
  case interrupted = 130

  package var meaning: String {
    switch self {
    case .success: "success"
    case .failure: "failure; also errors that 'validate', 'audit' or 'doctor' found"
    case .usage: "wrong usage, invalid input, or a question that only a flag can answer"
    case .denied: "not logged in, token refused, or not allowed"
    case .notFound: "not found, withdrawn, or not installed"
    case .conflict: "in conflict with what is there: edited, not ours, taken, lock out of date"
    case .unreachable: "registry unreachable, too slow or overloaded; not cached with --offline"
    case .integrity: "integrity: content is not what was promised or locked"
    case .partial: "partly done: some skills failed"
    case .interrupted: "interrupted (143 after SIGTERM, 129 after the end of the terminal)"
    }
  }
}

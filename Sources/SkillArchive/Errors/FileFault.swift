import Skills
import SystemPackage

/// A system call that failed: which, on what, and with which error number.
package struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Operation: String, Hashable, Sendable {
    case open
    case read
    case write
    case inspect
    case list
    case create
    case setMode = "set the mode of"
    case sync
    case close
  }

  package var operation: Operation
  package var path: String
  package var errno: Errno

  package init(_ operation: Operation, _ path: String, _ errno: Errno) {
    self.operation = operation
    self.path = path
    self.errno = errno
  }

  package var description: String {
    let shown = TerminalText.escaped(path, limit: 300)
    // What opens only regular files says so with this number.
    if operation == .open, errno == .invalidArgument { return "\"\(shown)\" is not a regular file" }
    return "cannot \(operation.rawValue) \"\(shown)\": \(errno)"
  }
}

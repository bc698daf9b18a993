import FileSystem
import Skills

/// Why an archive could not be read, unpacked or rewritten.
package enum ArchiveError: Error, Hashable, Sendable, MeshErrorConvertible, CustomStringConvertible {
  /// The archive is at fault.
  case refused(ArchiveRefusal)
  /// The disk is at fault.
  case file(FileError)
  /// libarchive or zlib failed for a reason of its own, such as lack of memory.
  case library(String)

  package var description: String {
    switch self {
    case .refused(let refusal): refusal.description
    case .file(let error): Message(error, limit: .max).description
    case .library(let message): message
    }
  }

  package var meshError: MeshError { meshError(of: "the archive") }

  /// - Parameter label: What the archive is called.
  package func meshError(of label: Message) -> MeshError {
    switch self {
    case .refused(let refusal):
      MeshError(.archiveRefused, "\(label) was refused: \(refusal) [\(refusal.rule.rawValue)]", hint: refusal.hint)
    case .file(let error): MeshError(error, of: label)
    case .library(let message): MeshError(.internalError, "\(label): \(message)")
    }
  }

  static func refused(_ rule: ArchiveRule, entry: String? = nil, _ message: String) -> ArchiveError {
    .refused(ArchiveRefusal(rule, entry: entry, message))
  }
}

/// Runs a step that can only refuse, inside one that can fail in other ways too.
func refusing<Value>(_ step: () throws(ArchiveRefusal) -> Value) throws(ArchiveError) -> Value {
  do {
    return try step()
  } catch {
    throw .refused(error)
  }
}

extension ArchiveError: FileFailure {
  package init(_ error: FileError) { self = .file(error) }
}

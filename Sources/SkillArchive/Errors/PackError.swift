import FileSystem
import Skills
import SystemPackage

/// Why a folder could not be packed.
package enum PackError: Error, Hashable, Sendable, MeshErrorConvertible, CustomStringConvertible {
  /// The folder has no `SKILL.md` at its root, in any spelling.
  case noSkillMarkdown(FilePath)
  /// What would be packed breaks a rule of the dialect or a limit.
  case refused(ArchiveRefusal)
  /// Files hold what looks like secrets, and nobody allowed them by name.
  case secrets([SecretFinding])
  /// A file was written to while it was packed.
  case changed(SkillPath)
  case file(FileError)
  case library(String)

  package init(_ error: ArchiveError) {
    self =
      switch error {
      case .refused(let refusal): .refused(refusal)
      case .file(let error): .file(error)
      case .library(let message): .library(message)
      }
  }

  package var description: String {
    switch self {
    case .noSkillMarkdown(let folder): "\"\(Message(folder))\" has no SKILL.md"
    case .refused(let refusal): refusal.description
    case .secrets(let findings): findings.map(\.description).joined(separator: "\n")
    case .changed(let path): "\"\(path)\" changed while it was packed"
    case .file(let error): Message(error, limit: .max).description
    case .library(let message): message
    }
  }
}

extension PackError {
  package var meshError: MeshError { meshError(of: "the skill") }

  /// - Parameter label: What was to be packed.
  package func meshError(of label: Message) -> MeshError {
    switch self {
    case .noSkillMarkdown(let folder):
      MeshError(.noFiles, "'\(folder)' has no SKILL.md", hint: "Create one: agent-mesh skills init")
    case .refused(let refusal): MeshError(.validationError, "\(label) cannot be packed: \(refusal)")
    case .secrets(let findings):
      MeshError(
        .validationError,
        findings.count == 1 ? "a file holds what looks like a secret" : "\(findings.count) lines look like secrets",
        hint: "Remove them. If a file is harmless, allow it by name: --allow-secret <path>",
        findings: findings.map(\.finding))
    case .changed: MeshError(.packFailed, "\(label) cannot be packed: \(self)", hint: "Try again.")
    case .file(let error): MeshError(error, of: label)
    case .library(let message): MeshError(.internalError, "\(label): \(message)")
    }
  }
}

extension PackError: FileFailure {
  package init(_ error: FileError) { self = .file(error) }
}

/// Runs a step of reading or writing archives inside a packing step.
func packing<Value: ~Copyable>(_ step: () throws(ArchiveError) -> Value) throws(PackError) -> Value {
  do {
    return try step()
  } catch {
    throw PackError(error)
  }
}

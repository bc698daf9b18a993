import FileSystem
import FoundationSubset
import HTTPTransport
import SkillArchive
import Skills
import SystemPackage

extension MeshError {
  /// What a failed exchange means to a person.
  init(_ error: TransportError) {
    let code: ErrorCode =
      switch error.code {
      case .timeout: .timeout
      case .cancelled: .cancelled
      case .tooLarge: .payloadTooLarge
      case .sizeMismatch: .integrityError
      case .file(Errno.noSpace.rawValue), .file(Errno.diskQuotaExceeded.rawValue): .storageFull
      case .file: .fileError
      case .insecureURL, .invalidURL: .usage
      default: .networkError
      }
    let full = error.description
    let bare = error.hint.flatMap { full.hasSuffix($0) ? String(full.dropLast($0.count + 2)) : nil } ?? full
    self.init(code, "\(bare, limit: 600)", hint: error.hint.map { "\($0)." })
  }

  /// Why an archive, or files that were to become one, cannot be a skill.
  init(_ error: ArchiveError, of label: Message) {
    switch error {
    case .refused(let refusal): self.init(.archiveRefused, "\(label) is refused: \(refusal)")
    case .file(let fault): self.init(fault, of: label)
    case .library(let message): self.init(.internalError, "\(label): \(message)")
    }
  }

  /// Why a folder cannot be packed.
  init(_ error: PackError, of label: Message) {
    switch error {
    case .file(let fault): self.init(fault, of: label)
    case .noSkillMarkdown: self.init(.notFound, "\(label) has no SKILL.md")
    case .changed: self.init(.busy, "\(label): \(error)", hint: "Try again.")
    case .refused, .secrets, .library: self.init(.validationError, "\(label) is refused: \(error)")
    }
  }

  private init(_ fault: FileError, of label: Message) {
    let code: ErrorCode =
      switch fault.errno {
      case .noSuchFileOrDirectory, .notDirectory: .notFound
      case .noSpace, .diskQuotaExceeded: .storageFull
      default: .fileError
      }
    self.init(code, "\(label): \(fault)")
  }
}

extension Finding {
  /// A secret that somebody published: a warning to whoever is about to use it.
  init(_ secret: SecretFinding) {
    self.init(
      .possibleSecret, .warning, file: secret.path.string, line: secret.line,
      message: "looks like a secret (\(secret.kind))", remedy: "Tell the author")
  }

  /// The address of a source has a query, where tokens often stand.
  static var queryInAddress: Finding {
    Finding(
      .possibleSecret, .warning, file: ProjectManifest.fileName,
      message: "gets the address with all that follows its '?', which is no place for a token",
      remedy: "Use an address without one")
  }
}

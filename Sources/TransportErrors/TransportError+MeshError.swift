import HTTPTransport
import Skills
import SystemPackage

extension TransportError: MeshErrorConvertible {
  /// What a failed exchange means to a person.
  package var meshError: MeshError {
    MeshError(meshCode, "\(message, limit: 600)", hint: nextStep)
  }

  private var meshCode: ErrorCode {
    switch code {
    case .timeout: .timeout
    case .cancelled: .cancelled
    case .tooLarge: .payloadTooLarge
    case .sizeMismatch: .integrityError
    case .file(Errno.noSpace.rawValue), .file(Errno.diskQuotaExceeded.rawValue): .storageFull
    case .file: .fileError
    case .insecureURL, .invalidURL: .usage
    case .resolve: .hostNotFound
    default: .networkError
    }
  }

  private var nextStep: Message? {
    if code == .insecureURL {
      return "Use https, or list the host under 'insecure_hosts' in ~/.agent-mesh/config.json."
    }
    return hint.map { "\($0)." }
  }
}

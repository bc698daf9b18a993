import HTTPTypes
import Skills

extension ErrorCode {
  /// The one table from codes to HTTP statuses.
  var httpStatus: HTTPResponse.Status {
    switch self {
    case .validationError, .archiveRefused, .noFiles: .unprocessableContent
    case .usage, .invalidRequest, .confirmationNeeded, .declined: .badRequest
    case .unauthorized: .unauthorized
    case .forbidden, .quarantined: .forbidden
    case .notFound, .notInstalled, .noSkillsDirectory: .notFound
    case .gone: .gone
    case .methodNotAllowed: .methodNotAllowed
    case .unsupportedMediaType: .unsupportedMediaType
    case .rangeNotSatisfiable: .rangeNotSatisfiable
    case .conflict, .versionExists, .alreadyInstalled, .localEdits, .nameTaken, .busy, .integrityError,
      .unresolvable, .lockMismatch:
      .conflict
    case .fileTooLarge, .payloadTooLarge: .contentTooLarge
    case .tooManyRequests: .tooManyRequests
    case .timeout, .cancelled: .requestTimeout
    case .storageFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
    case .unavailable, .networkError, .offline: .serviceUnavailable
    case .fileError, .configurationError, .partial, .internalError, .initFailed, .packFailed, .publishFailed,
      .installFailed, .updateFailed, .removeFailed, .versionFailed, .newerFormat, .unknown:
      .internalServerError
    }
  }
}

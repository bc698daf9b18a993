import Skills

/// What the program tells the shell.
///
/// Documented in the help; scripts depend on it.
enum ExitStatus: Int32 {
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
}

extension ErrorCode {
  /// The one table from codes to exit statuses.
  var exitStatus: ExitStatus {
    switch self {
    case .usage, .validationError, .invalidRequest, .confirmationNeeded: .usage
    case .unauthorized, .forbidden: .denied
    case .notFound, .gone, .notInstalled, .noSkillsDirectory: .notFound
    case .conflict, .versionExists, .alreadyInstalled, .localEdits, .nameTaken, .busy, .unresolvable, .lockMismatch:
      .conflict
    case .networkError, .timeout, .unavailable, .offline, .tooManyRequests: .unreachable
    case .integrityError, .archiveRefused, .quarantined: .integrity
    case .partial: .partial
    case .cancelled: .interrupted
    case .declined, .noFiles, .methodNotAllowed, .unsupportedMediaType, .rangeNotSatisfiable, .fileTooLarge,
      .payloadTooLarge, .storageFull, .fileError, .configurationError, .internalError, .initFailed, .packFailed,
      .publishFailed, .installFailed, .updateFailed, .removeFailed, .versionFailed, .newerFormat, .unknown:
      .failure
    }
  }
}

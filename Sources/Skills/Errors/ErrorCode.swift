/// Every stable code of an error.
///
/// Scripts and other programs match on these, never on text.
package enum ErrorCode: String, Sendable, CaseIterable {
  // What was asked for.
  case usage
  case validationError = "validation_error"
  case invalidRequest = "invalid_request"
  case noFiles = "no_files"
  case notFound = "not_found"
  case gone
  case methodNotAllowed = "method_not_allowed"
  case unsupportedMediaType = "unsupported_media_type"
  case rangeNotSatisfiable = "range_not_satisfiable"

  // Who asks.
  case unauthorized
  case forbidden

  // What stands in the way.
  case conflict
  case versionExists = "version_exists"
  case alreadyInstalled = "already_installed"
  case notInstalled = "not_installed"
  case noSkillsDirectory = "no_skills_dir"
  case localEdits = "local_edits"
  case nameTaken = "name_taken"
  case confirmationNeeded = "confirmation_needed"
  /// Somebody was asked and did not say yes.
  case declined
  case busy
  /// No choice of versions meets everything that is wanted.
  case unresolvable
  /// `skills.json` and `skills.lock` do not say the same.
  case lockMismatch = "lock_mismatch"

  // What does not match.
  case integrityError = "integrity_error"
  case archiveRefused = "archive_refused"
  /// Taken out of reach by the operator of the registry.
  case quarantined

  // How much.
  case fileTooLarge = "file_too_large"
  case payloadTooLarge = "payload_too_large"
  case tooManyRequests = "too_many_requests"

  // What failed around it.
  case networkError = "network_error"
  /// Needs the network, and was told to do without.
  case offline
  case timeout
  case cancelled
  case storageFull = "storage_full"
  case unavailable
  case fileError = "file_error"
  case configurationError = "configuration_error"
  case partial
  case internalError = "internal_error"
  /// A file of a newer program.
  case newerFormat = "newer_format"

  // One per command, for what its other codes do not name.
  case initFailed = "init_failed"
  case packFailed = "pack_failed"
  case publishFailed = "publish_failed"
  case installFailed = "install_failed"
  case updateFailed = "update_failed"
  case removeFailed = "remove_failed"
  case versionFailed = "version_failed"

  /// A code of a newer or foreign program.
  case unknown

  /// Whether the code speaks of the machine of whoever runs a command, of which no server can know.
  package var isLocal: Bool {
    switch self {
    case .usage, .alreadyInstalled, .notInstalled, .noSkillsDirectory, .localEdits, .confirmationNeeded, .busy,
      .declined, .cancelled, .fileError, .configurationError, .partial, .unresolvable, .lockMismatch, .offline,
      .newerFormat:
      true
    default: false
    }
  }
}

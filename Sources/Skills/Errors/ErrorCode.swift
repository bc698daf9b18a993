/// Every stable code of an error: the one table that exit statuses, HTTP statuses, help and documentation are made of.
///
/// Scripts and other programs match on the codes, never on text. A row has the code as it is on the wire, the exit
/// status of the program, the HTTP status of the server, and what it means. A code that is about the machine of
/// whoever runs a command, of which no server can know, has `-` for an HTTP status, or one in parentheses.
package enum ErrorCode: ErrorRow, Sendable, CaseIterable {
  // What was asked for.
  case usage = "usage 2 - the command line is wrong"
  case validationError = "validation_error 2 422 the input breaks a rule"
  case invalidRequest = "invalid_request 2 400 the request cannot be read"
  case noFiles = "no_files 1 422 there are no files to work on"
  case notFound = "not_found 4 404 there is no such thing"
  case gone = "gone 4 410 it was withdrawn"
  case methodNotAllowed = "method_not_allowed 1 405 the path does not take this method"
  case unsupportedMediaType = "unsupported_media_type 1 415 the request has a type that is not read"
  case missingAgentID = "missing_agent_id 2 400 the address names no agent"
  case invalidAgentID = "invalid_agent_id 2 400 the id of an agent is no UUID"
  case upgradeRequired = "upgrade_required 1 426 the path is for WebSockets"
  case rangeNotSatisfiable = "range_not_satisfiable 1 416 the range lies beyond the end"

  // Who asks.
  case unauthorized = "unauthorized 3 401 not logged in, or the token is not valid"
  case forbidden = "forbidden 3 403 the account may not do this"
  case authorizationPending = "authorization_pending 3 400 nobody has approved the login yet"
  case slowDown = "slow_down 3 400 the question came too soon"
  case expiredToken = "expired_token 3 400 the login has ended without a token"
  case accessDenied = "access_denied 3 400 the login was refused"
  case unsupportedGrantType = "unsupported_grant_type 3 400 the grant is of a kind that is not given"

  // What stands in the way.
  case conflict = "conflict 5 409 something else is in the way"
  case versionExists = "version_exists 5 409 the version is published already"
  case notInstalled = "not_installed 4 - the skill is not installed"
  case noSkillsDirectory = "no_skills_dir 4 - no skills are installed here"
  case localEdits = "local_edits 5 - installed files were edited"
  case confirmationNeeded = "confirmation_needed 2 - a question cannot be asked here"
  case declined = "declined 1 - the question was answered with no"
  case busy = "busy 5 - another agent-mesh is at work"
  case unresolvable = "unresolvable 5 - no choice of versions meets every requirement"
  case lockMismatch = "lock_mismatch 5 - skills.json and skills.lock do not agree"

  // What does not match.
  case integrityError = "integrity_error 7 409 the content is not what was promised"
  case archiveRefused = "archive_refused 7 422 the archive breaks a rule"
  case quarantined = "quarantined 7 403 the operator of the registry blocked it"

  // How much.
  case fileTooLarge = "file_too_large 1 413 a file is too large"
  case payloadTooLarge = "payload_too_large 1 413 the content is too large"
  case tooManyRequests = "too_many_requests 6 429 too many requests"

  // What failed around it.
  case networkError = "network_error 6 503 the network failed"
  case hostNotFound = "host_not_found 6 - the host of an address was not found"
  case offline = "offline 6 - --offline, and not in the cache"
  case timeout = "timeout 6 408 it took too long"
  case cancelled = "cancelled 130 (408) interrupted"
  case storageFull = "storage_full 1 507 the disk is full"
  case unavailable = "unavailable 6 503 the registry cannot do this at the moment"
  case fileError = "file_error 1 - a file cannot be read or written"
  case configurationError = "configuration_error 1 - the configuration cannot be used"
  case partial = "partial 8 - some skills failed"
  case internalError = "internal_error 1 500 the program failed"
  case newerFormat = "newer_format 1 - a file of a newer agent-mesh"

  // What an agent answers, or the bridge for it.
  case agentOffline = "agent_offline 6 503 the agent is not connected"
  case agentBusy = "agent_busy 6 503 the agent has too much to do already"
  case sandboxUnavailable = "sandbox_unavailable 6 503 the agent has no sandbox for strangers"
  case adapterCrash = "adapter_crash 1 502 the runtime of the agent ended badly"
  case sessionNotFound = "session_not_found 4 404 the agent does not know the request"
  case invalidMessage = "invalid_message 2 400 the message cannot be read"
  case authFailed = "auth_failed 3 401 the secret of the platform is wrong"
  case rateLimited = "rate_limited 6 429 the agent takes no more calls for now"

  // One per command, for what its other codes do not name.
  case initFailed = "init_failed 1 - init failed"
  case packFailed = "pack_failed 1 - packing failed"
  case installFailed = "install_failed 1 - installing failed"
  case updateFailed = "update_failed 1 - updating failed"
  case versionFailed = "version_failed 1 - the version cannot be changed"

  case unknown = "unknown 1 500 a code of another or newer program"

  /// The code with that spelling on the wire; nil when it is not one of ours.
  package init?(wire: String) {
    guard let code = Self.allCases.first(where: { $0.wire == wire }) else { return nil }
    self = code
  }

  package var wire: String { rawValue.code }
  package var exitStatus: ExitStatus { rawValue.exitStatus }
  /// What a server answers with.
  package var httpStatus: Int { rawValue.httpStatus ?? 500 }
  package var meaning: String { rawValue.meaning }
  /// Whether the code is about the machine of whoever runs a command, of which no server can know.
  package var isLocal: Bool { rawValue.isLocal }
  /// Whether a server may say it: what fails on its own machine is no business of its clients.
  package var isForClients: Bool { !isLocal && self != .unknown }
}

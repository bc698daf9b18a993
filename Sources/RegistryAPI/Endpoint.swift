import Skills

/// One operation of the registry: a row of the table that the server's router, its `405` and descriptions of the API
/// read.
package struct Endpoint: Sendable {
  package enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
  }

  package var method: Method
  package var route: Route
  package var access: Access
  package var rate: RateClass
  /// Who may keep a response about a public skill; one about a private skill is never kept.
  package var caching: Caching
  package var request: Payload
  package var response: Payload
  /// Refusals of its own, beside those of its access, its class and its body (`Access.errors`, `RateClass.errors`,
  /// `Payload.errors`).
  package var errors: [ErrorCode]

  /// Every code that it is meant to answer with.
  package var allErrors: Set<ErrorCode> { Set(errors + access.errors + rate.errors + request.errors) }

  init(
    _ method: Method, _ route: Route, _ access: Access, _ rate: RateClass = .read, caching: Caching = .never,
    takes request: Payload = .none, answers response: Payload, errors: [ErrorCode] = []
  ) {
    self.method = method
    self.route = route
    self.access = access
    self.rate = rate
    self.caching = caching
    self.request = request
    self.response = response
    self.errors = errors
  }
}

extension Endpoint {
  /// Every row.
  package static let all: [Endpoint] =
    OpenEndpoint.allCases.map(\.row) + ReaderEndpoint.allCases.map(\.row) + OwnerEndpoint.allCases.map(\.row)
    + AccountEndpoint.allCases.map(\.row)

  /// The methods that a path takes, sorted, HEAD wherever GET is; empty where there is nothing at the path.
  package static func methods(at path: some StringProtocol) -> [String] {
    let taken = all.filter { $0.route.matches(path) }.map(\.method)
    return Set(taken.map(\.rawValue) + (taken.contains(.get) ? ["HEAD"] : [])).sorted()
  }
}

/// Which right an operation needs; it is enforced before its handler runs.
package enum Access: String, Sendable, CaseIterable {
  /// Everybody's; a token that is sent has to be good.
  case open
  /// For whoever may see the skill that the path names: everybody, or its owner when it is private.
  case reader
  /// For the owner of the skill that the path names.
  case owner
  /// For whoever has a token.
  case account

  package var errors: [ErrorCode] {
    switch self {
    case .open, .account: [.unauthorized]
    case .reader: [.unauthorized, .notFound, .validationError, .invalidRequest]
    case .owner: [.unauthorized, .notFound, .validationError, .invalidRequest, .forbidden]
    }
  }
}

/// What a request costs, for limits of how many a client may make.
package enum RateClass: String, Sendable, CaseIterable {
  /// Answered from memory or by a few rows.
  case read
  case search
  /// Many rows in one request.
  case batch
  /// Bytes of archives or of files in them.
  case download
  /// Changes what is said of a skill.
  case change
  case publish

  /// Whether few of its requests are answered at a time, and the others wait for their turn.
  package var isCostly: Bool {
    switch self {
    case .search, .batch: true
    case .read, .download, .change, .publish: false
    }
  }

  package var errors: [ErrorCode] { isCostly ? [.tooManyRequests, .unavailable] : [] }
}

/// Who may keep a response, and for how long.
package enum Caching: String, Sendable, CaseIterable {
  case never = "private, no-store"
  /// May be kept, must be asked about again every time.
  case revalidated = "public, no-cache"
  /// Cannot change.
  case immutable = "public, max-age=31536000, immutable"
}

/// A body of a request or of a successful response.
package enum Payload: Sendable {
  case none
  case json(any (Codable & Sendable).Type)
  /// JSON that may be left out.
  case optionalJSON(any (Codable & Sendable).Type)
  /// `multipart/form-data` with `metadata`, `content` and `package`.
  case form
  /// A tar.gz or a zip.
  case archive
  /// One file of a skill.
  case file

  package var errors: [ErrorCode] {
    switch self {
    case .none, .archive, .file: []
    case .json, .optionalJSON:
      [.invalidRequest, .payloadTooLarge, .unsupportedMediaType, .tooManyRequests, .unavailable]
    case .form:
      [.invalidRequest, .fileTooLarge, .payloadTooLarge, .unsupportedMediaType, .tooManyRequests, .unavailable]
    }
  }
}

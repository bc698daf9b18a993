import Skills

/// One operation of the registry: a row of the table that the server's router, its `405` and descriptions of the API
/// read.
package struct Endpoint: Sendable {
  package enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  package var method: Method
  package var route: Route
  package var access: Access
  /// Rights of which a token needs one; what is `read:private` alone hides private skills from a token without it.
  ///
  /// Empty where every token will do, and for pages, which take none.
  package var rights: [TokenRight]
  package var rate: RateClass
  /// Who may keep a response about a public skill; one about a private skill is never kept.
  package var caching: Caching
  package var request: Payload
  package var response: Payload
  /// Refusals of its own, beside those of its access, its class and its body (`Access.errors`, `RateClass.errors`,
  /// `Payload.errors`).
  package var errors: [ErrorCode]

  /// Every code that it is meant to answer with.
  package var allErrors: Set<ErrorCode> {
    let codes = Set(errors + access.errors + rate.errors + request.errors)
    return refusesTokens ? codes.union([.forbidden]) : codes
  }

  /// Whether a token without the rights is refused.
  package var refusesTokens: Bool { !rights.isEmpty && rights != [.readPrivate] }

  init(
    _ method: Method, _ route: Route, _ access: Access, _ rate: RateClass = .read, rights: [TokenRight] = [],
    caching: Caching = .never, takes request: Payload = .none, answers response: Payload, errors: [ErrorCode] = []
  ) {
    self.method = method
    self.route = route
    self.access = access
    self.rights = rights
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
    OpenEndpoint.allCases.map(\.row) + ReaderEndpoint.allCases.map(\.row)
    + PublisherEndpoint.allCases.map(\.row) + OwnerEndpoint.allCases.map(\.row) + AccountEndpoint.allCases.map(\.row)
    + PeopleEndpoint.allCases.map(\.row) + PersonalEndpoint.allCases.map(\.row) + agents
    + VisitorPage.allCases.map(\.row) + ReaderPage.allCases.map(\.row) + OwnerPage.allCases.map(\.row)
    + PersonPage.allCases.map(\.row) + SettingsPage.allCases.map(\.row) + agentPages

  /// The row of a request, HEAD being GET; nil where there is none.
  package static func row(_ method: some StringProtocol, at path: some StringProtocol) -> Endpoint? {
    let method = method == "HEAD" ? Method.get.rawValue : String(method)
    return all.first { $0.method.rawValue == method && $0.route.matches(path) }
  }

  /// Whether what it does can show on a page.
  package var mayChangePages: Bool {
    switch rate {
    case .read, .search, .batch, .download, .poll, .device, .call, .code, .token, .secretReport: false
    case .change, .publish, .signUp: method != .get
    // So are links used and accounts deleted, which shows; who only signs in is not to cost everybody their pages.
    case .signIn: method != .get && route != .signIn
    }
  }

  /// How its failures are reported.
  package var failures: FailureForm {
    if access.isForBrowsers { return .page }
    if case .oauth = request { return .oauth }
    return .problem
  }

  /// The methods that a path takes, sorted, HEAD wherever GET is; empty where there is nothing at the path.
  package static func methods(at path: some StringProtocol) -> [String] {
    let taken = all.filter { $0.route.matches(path) }.map(\.method)
    return Set(taken.map(\.rawValue) + (taken.contains(.get) ? ["HEAD"] : [])).sorted()
  }
}

/// Who may use an operation; it is enforced before its handler runs, as are the rights of the row.
package enum Access: String, Sendable, CaseIterable {
  /// Everybody's; a token that is sent has to be good.
  case open
  /// For whoever may see the skill that the path names: everybody, or when it is private its author and, of an
  /// organisation, every member.
  case reader
  /// For the author of the skill that the path names, and publishers and owners of an organisation.
  case publisher
  /// For the author of the skill that the path names, and owners of an organisation.
  case owner
  /// For whoever has a token.
  case account
  /// For whoever may see the agent that the path names: everybody when it is public and published, its owner, and those
  /// to whom it is shared.
  case agentReader = "agent_reader"
  /// For those of them who have a token of an account that may call the agent.
  case agentCaller = "agent_caller"
  /// For the owner of the agent that the path names.
  case agentOwner = "agent_owner"
  /// For whoever has the secret of the platform; nothing is there while none is configured.
  case platform
  /// A page for everybody, which knows who is signed in.
  case visitor
  /// A page for whoever may see the skill that the path names.
  case visitingReader
  /// A page for whoever is signed in.
  case person
  /// A page for the author of the skill that the path names, and owners of an organisation, signed in.
  case owningPerson
  /// A page for whoever may see the agent that the path names.
  case visitingAgentReader
  /// A page for those of them who are signed in, and may so call it.
  case callingPerson
  /// A page for the owner of the agent that the path names, signed in.
  case agentOwningPerson

  /// Whether a session in a cookie says who asks, and never a token; a change has to prove then where it comes from.
  package var isForBrowsers: Bool {
    switch self {
    case .visitor, .visitingReader, .person, .owningPerson, .visitingAgentReader, .callingPerson,
      .agentOwningPerson:
      true
    case .open, .reader, .publisher, .owner, .account, .agentReader, .agentCaller, .agentOwner, .platform: false
    }
  }

  package var errors: [ErrorCode] {
    switch self {
    case .visitor: [.forbidden]
    case .visitingReader, .visitingAgentReader: [.notFound, .validationError, .invalidRequest]
    case .person: [.unauthorized, .forbidden]
    case .open, .account: [.unauthorized]
    case .reader: [.unauthorized, .notFound, .validationError, .invalidRequest]
    case .agentReader: [.unauthorized, .notFound, .invalidRequest]
    case .agentCaller, .agentOwner: [.unauthorized, .notFound, .invalidRequest, .forbidden]
    case .platform: [.notFound, .authFailed]
    case .publisher, .owner, .owningPerson, .callingPerson, .agentOwningPerson:
      [.unauthorized, .notFound, .validationError, .invalidRequest, .forbidden]
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
  /// Asks whether a device was approved; each device has a rate of its own beside this one.
  case poll
  /// Begins a login of a device.
  case device
  /// Makes an account.
  case signUp = "sign_up"
  /// Tries a password, or a one-time link.
  case signIn = "sign_in"
  /// Tries the code of a device.
  case code
  /// Makes a token.
  case token
  /// Ends tokens that were found in the open.
  case secretReport = "secret_report"
  /// Has an agent work.
  case call

  /// Whether each request is written down before it is answered, so that a restart forgets none of them.
  package var isGuarded: Bool {
    switch self {
    case .device, .signUp, .signIn, .code, .token, .secretReport: true
    case .read, .search, .batch, .download, .change, .publish, .poll, .call: false
    }
  }

  /// Whether few of its requests are answered at a time, and the others wait for their turn.
  package var isCostly: Bool {
    switch self {
    case .search, .batch: true
    case .read, .download, .change, .publish, .poll, .device, .signUp, .signIn, .code, .token, .secretReport, .call:
      false
    }
  }

  package var errors: [ErrorCode] { isCostly || isGuarded ? [.tooManyRequests, .unavailable] : [.tooManyRequests] }
}

/// Who may keep a response, and for how long.
package enum Caching: String, Sendable, CaseIterable {
  case never = "private, no-store"
  /// May be kept, must be asked about again every time.
  case revalidated = "public, no-cache"
  /// Cannot change.
  case immutable = "public, max-age=31536000, immutable"
}

/// How a failure is reported.
package enum FailureForm: Sendable {
  /// `application/problem+json`.
  case problem
  /// `error` and `error_description`, always with 400 (RFC 6749, section 5.2).
  case oauth
  case page
}

/// A body of a request or of a successful response.
package enum Payload: Sendable {
  case none
  case json(any (Codable & Sendable).Type)
  /// JSON that may be left out.
  case optionalJSON(any (Codable & Sendable).Type)
  /// `multipart/form-data` with `metadata`, `content` and `package`.
  case form
  /// The same as JSON or as a form of fields (RFC 8628, section 3.1).
  case oauth(any (Codable & Sendable).Type)
  /// The fields of a form on a page.
  case fields
  /// HTML.
  case page
  /// A tar.gz or a zip.
  case archive
  /// One file of a skill, or news of an author.
  case file
  /// Server-sent events.
  case events

  package var errors: [ErrorCode] {
    switch self {
    case .none, .page, .archive, .file, .events: []
    case .json, .optionalJSON, .oauth, .fields:
      [.invalidRequest, .payloadTooLarge, .unsupportedMediaType, .tooManyRequests, .unavailable]
    case .form:
      [.invalidRequest, .fileTooLarge, .payloadTooLarge, .unsupportedMediaType, .tooManyRequests, .unavailable]
    }
  }
}

import Skills

/// Operations that are for the same people, and with it have one shape of handler.
///
/// The server switches over the cases: a handler without a row does not compile, nor does a row without a handler.
package protocol EndpointGroup: CaseIterable, Hashable, Sendable {
  /// Who may use all of them.
  static var access: Access { get }
  var row: Endpoint { get }
}

/// What everybody may ask.
package enum OpenEndpoint: EndpointGroup {
  package static let access = Access.open

  case indexBatch, latest, search, health, contract, deviceLogin, deviceToken

  package var row: Endpoint {
    switch self {
    case .indexBatch:
      Endpoint(
        .post, .indexBatch, Self.access, .batch, rights: [.readPrivate], takes: .json(IndexBatchRequest.self),
        answers: .json(IndexBatchResponse.self), errors: [.validationError])
    case .latest:
      Endpoint(
        .post, .latest, Self.access, .batch, rights: [.readPrivate], takes: .json(LatestRequest.self),
        answers: .json(LatestResponse.self), errors: [.validationError])
    case .search:
      Endpoint(
        .get, .search, Self.access, .search, rights: [.readPrivate], answers: .json(SearchResponse.self),
        errors: [.validationError])
    case .health:
      Endpoint(.get, .health, Self.access, answers: .json(Health.self))
    case .contract: Endpoint(.get, .contract, Self.access, caching: .revalidated, answers: .file)
    case .deviceLogin:
      Endpoint(
        .post, .deviceLogin, Self.access, .device, takes: .oauth(DeviceLoginRequest.self),
        answers: .json(DeviceLoginResponse.self), errors: [.forbidden])
    case .deviceToken:
      Endpoint(
        .post, .deviceToken, Self.access, .poll, takes: .oauth(DeviceTokenRequest.self),
        answers: .json(DeviceTokenResponse.self),
        errors: [.authorizationPending, .slowDown, .expiredToken, .accessDenied, .unsupportedGrantType])
    }
  }
}

/// What those ask who may see the skill.
package enum ReaderEndpoint: EndpointGroup {
  package static let access = Access.reader

  case index, skill, versions, version, files, file, download, raw, versionDownload, versionRaw

  package var row: Endpoint {
    switch self {
    case .index: Self.document(.index, IndexDocument.self)
    case .skill: Self.document(.skill, SkillSummary.self, errors: Self.unavailable)
    case .versions: Self.document(.versions, VersionList.self, rate: .batch)
    case .version: Self.document(.version, VersionSummary.self)
    case .files: Self.document(.files, FileList.self, rate: .batch, errors: Self.unavailable)
    case .file: Self.bytes(.file, .immutable, .file)
    case .download: Self.bytes(.download, .revalidated, .archive, errors: [.rangeNotSatisfiable])
    case .raw: Self.bytes(.raw, .revalidated, .file)
    case .versionDownload: Self.bytes(.versionDownload, .immutable, .archive, errors: [.rangeNotSatisfiable])
    case .versionRaw: Self.bytes(.versionRaw, .immutable, .file)
    }
  }

  private static let unavailable: [ErrorCode] = [.gone, .quarantined]

  private static func document(
    _ route: Route, _ type: any (Codable & Sendable).Type, rate: RateClass = .read, errors: [ErrorCode] = []
  ) -> Endpoint {
    Endpoint(
      .get, route, access, rate, rights: [.readPrivate], caching: .revalidated, answers: .json(type), errors: errors)
  }

  private static func bytes(
    _ route: Route, _ caching: Caching, _ response: Payload, errors: [ErrorCode] = []
  ) -> Endpoint {
    Endpoint(
      .get, route, access, .download, rights: [.readPrivate], caching: caching, answers: response,
      errors: errors + unavailable + [.tooManyRequests, .unavailable])
  }
}

/// What those do to a skill who publish it: it can be undone.
package enum PublisherEndpoint: EndpointGroup {
  package static let access = Access.publisher

  case yank, unyank

  package var row: Endpoint {
    switch self {
    case .yank: Self.change(.put, takes: .optionalJSON(YankRequest.self))
    case .unyank: Self.change(.delete)
    }
  }

  private static func change(_ method: Endpoint.Method, takes request: Payload = .none) -> Endpoint {
    Endpoint(
      method, .yank, access, .change, rights: [.yank], takes: request, answers: .json(Confirmation.self),
      errors: [.gone, .quarantined, .storageFull, .unavailable])
  }
}

/// What only an owner may do to a skill: it is for good.
package enum OwnerEndpoint: EndpointGroup {
  package static let access = Access.owner

  case unpublish, unpublishVersion

  package var row: Endpoint {
    let route: Route = self == .unpublish ? .skill : .version
    return Endpoint(
      .delete, route, Self.access, .change, rights: [.yank], answers: .json(Confirmation.self),
      errors: [.storageFull, .unavailable])
  }
}

/// What needs a token.
package enum AccountEndpoint: EndpointGroup {
  package static let access = Access.account

  case publish, skills, profile, revokeToken

  package var row: Endpoint {
    switch self {
    case .publish:
      Endpoint(
        .post, .publish, Self.access, .publish, rights: [.publishNew, .publishUpdate], takes: .form,
        answers: .json(PublishResponse.self),
        errors: [
          .validationError, .noFiles, .archiveRefused, .versionExists, .quarantined, .storageFull,
        ])
    // Without the right these are the public ones.
    case .skills:
      Endpoint(.get, .ownSkills, Self.access, .batch, rights: [.readPrivate], answers: .json(OwnSkills.self))
    // What a token is, and its own end, every token may ask for.
    case .profile: Endpoint(.get, .profile, Self.access, answers: .json(Profile.self))
    case .revokeToken:
      Endpoint(.delete, .ownToken, Self.access, .change, answers: .none, errors: [.storageFull, .unavailable])
    }
  }
}

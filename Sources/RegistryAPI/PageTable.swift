import Skills

extension EndpointGroup {
  /// A page that nobody keeps.
  static func form(_ route: Route, errors: [ErrorCode] = []) -> Endpoint {
    Endpoint(.get, route, access, answers: .page, errors: errors)
  }

  /// What the form of a page sends.
  ///
  /// - Parameter errors: Beside those that every form can meet.
  static func submission(_ route: Route, _ rate: RateClass, errors: [ErrorCode] = []) -> Endpoint {
    Endpoint(
      .post, route, access, rate, takes: .fields, answers: .page,
      errors: errors + [.notFound, .validationError, .conflict, .storageFull])
  }
}

/// Pages for everybody.
package enum VisitorPage: EndpointGroup {
  package static let access = Access.visitor

  case home, search, agents, author, api, asset, signUpForm, signUp, signInForm, signIn, linkForm, link

  package var row: Endpoint {
    switch self {
    case .home: Endpoint(.get, .home, Self.access, caching: .revalidated, answers: .page)
    case .search:
      Endpoint(
        .get, .searchPage, Self.access, .search, caching: .revalidated, answers: .page, errors: [.validationError])
    case .agents: Endpoint(.get, .agentsPage, Self.access, .search, answers: .page, errors: [.validationError])
    case .author:
      Endpoint(
        .get, .authorPage, Self.access, caching: .revalidated, answers: .page,
        errors: [.notFound, .validationError, .invalidRequest])
    case .api: Self.form(.apiPage)
    case .asset:
      Endpoint(.get, .asset, Self.access, caching: .immutable, answers: .file, errors: [.notFound, .invalidRequest])
    case .signUpForm: Self.form(.signUp)
    case .signUp: Self.submission(.signUp, .signUp)
    case .signInForm: Self.form(.signIn)
    case .signIn: Self.submission(.signIn, .signIn)
    // Nobody guesses a secret of 256 bits, and every page can have a browser look at it as if it were a picture.
    case .linkForm: Self.form(.link, errors: [.notFound, .invalidRequest])
    case .link: Self.submission(.link, .signIn)
    }
  }
}

/// Pages for those who may see the skill.
package enum ReaderPage: EndpointGroup {
  package static let access = Access.visitingReader

  case skill, version, versions, files, file, raw

  package var row: Endpoint {
    switch self {
    case .skill: Self.page(.skillPage, .download)
    case .version: Self.page(.versionPage, .download)
    case .versions: Self.page(.versionsPage, .read)
    case .files: Self.page(.filesPage, .read)
    case .file: Self.page(.filePage, .download)
    case .raw:
      Endpoint(
        .get, .rawPage, Self.access, .download, caching: .immutable, answers: .file,
        errors: [.gone, .quarantined, .unavailable])
    }
  }

  private static func page(_ route: Route, _ rate: RateClass) -> Endpoint {
    Endpoint(
      .get, route, access, rate, caching: .revalidated, answers: .page, errors: [.gone, .quarantined, .unavailable])
  }
}

/// Pages on which owners decide over a skill.
package enum OwnerPage: EndpointGroup {
  package static let access = Access.owningPerson

  case transfer, offerTransfer

  package var row: Endpoint {
    switch self {
    case .transfer: Self.form(.skillTransfer)
    case .offerTransfer: Self.submission(.skillTransfer, .change)
    }
  }
}

/// Pages for those who are signed in.
package enum PersonPage: EndpointGroup {
  package static let access = Access.person

  case deviceForm, device, tokens, createToken, endToken, sessions, endSession, signOut

  package var row: Endpoint {
    switch self {
    case .deviceForm: Self.form(.devicePage)
    case .device: Self.submission(.devicePage, .code)
    case .tokens: Self.form(.tokensPage)
    case .createToken: Self.submission(.tokensPage, .token)
    case .endToken: Self.submission(.tokenEnd, .change)
    case .sessions: Self.form(.sessionsPage)
    case .endSession: Self.submission(.sessionEnd, .change)
    case .signOut: Self.submission(.signOut, .change)
    }
  }
}

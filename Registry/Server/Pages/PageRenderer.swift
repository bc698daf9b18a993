import HTTPTypes
import Hummingbird
import Mustache
import NIOCore
import RegistryAPI
import Skills

/// Makes pages out of templates and values.
struct PageRenderer: Sendable {
  /// What every template finds around its own values, under names that none of those has.
  private struct Frame {
    var pageTitle: String
    var siteName: String
    var stylesheet: String
    var script: String
    var icon: String
    var terms: String?
    var securityContact: String?
    var signedInAs: String?
    var notice: String?
    var programVersion: String
    var content: Any
  }

  let registryName: String
  private let terms: String?
  private let securityContact: String?
  private let library: MustacheLibrary

  /// - Parameters:
  ///   - terms: The address of the terms of use.
  ///   - securityContact: Where weaknesses are reported.
  /// - Throws: What is wrong with a template.
  init(registryName: String, terms: String? = nil, securityContact: String? = nil) throws {
    self.registryName = registryName
    self.terms = terms
    self.securityContact = securityContact
    library = try PageTemplate.library()
  }

  func html(_ template: PageTemplate, _ title: String, _ content: some Sendable, for visitor: Visitor) -> String {
    let frame = Frame(
      pageTitle: title, siteName: registryName, stylesheet: Asset.stylesheet.path, script: Asset.script.path,
      icon: Asset.icon.path, terms: terms, securityContact: securityContact,
      signedInAs: visitor.session?.account.handle.rawValue, notice: visitor.notice?.text,
      programVersion: ProgramVersion.current, content: content)
    return library.render(frame, withTemplate: template.rawValue) ?? ""
  }

  func reply(
    _ template: PageTemplate, _ title: String, _ content: some Sendable, for visitor: Visitor,
    status: HTTPResponse.Status = .ok
  ) -> Reply {
    let html = html(template, title, content, for: visitor)
    return Reply(status: status, headers: Self.headers, body: .bytes(ByteBuffer(string: html)))
  }

  /// A page that is the same for everybody who is not signed in, for whom it has a tag.
  func tagged(
    _ template: PageTemplate, _ title: String, _ content: some Sendable, for visitor: Visitor
  ) -> Reply {
    let html = html(template, title, content, for: visitor)
    var reply = Reply(headers: Self.headers, body: .bytes(ByteBuffer(string: html)))
    reply.headers[.vary] = "Cookie"
    if visitor.session == nil { reply.headers[.eTag] = Digest(of: html.utf8).entityTag }
    return reply
  }

  /// Nothing from elsewhere, nothing inline, in no frame; and addresses, of which some are secret, are told to nobody
  /// else (`no-referrer` would also take away the origin that a form has to prove).
  static let headers: HTTPFields = [
    .contentType: "text/html; charset=utf-8",
    .contentSecurityPolicy: "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
      + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    .referrerPolicy: "same-origin",
  ]
}

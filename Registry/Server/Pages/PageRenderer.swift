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
    var signedInAs: String?
    var programVersion: String
    var content: Any
  }

  let registryName: String
  private let library: MustacheLibrary

  /// - Throws: What is wrong with a template.
  init(registryName: String) throws {
    self.registryName = registryName
    library = try PageTemplate.library()
  }

  func html(_ template: PageTemplate, _ title: String, _ content: some Sendable, for visitor: Visitor) -> String {
    let frame = Frame(
      pageTitle: title, siteName: registryName, stylesheet: Asset.stylesheet.path,
      signedInAs: visitor.session?.account.handle.rawValue, programVersion: ProgramVersion.current, content: content)
    return library.render(frame, withTemplate: template.rawValue) ?? ""
  }

  func reply(
    _ template: PageTemplate, _ title: String, _ content: some Sendable, for visitor: Visitor,
    status: HTTPResponse.Status = .ok
  ) -> Reply {
    let html = html(template, title, content, for: visitor)
    return Reply(status: status, headers: Self.headers, body: .bytes(ByteBuffer(string: html)))
  }

  /// Nothing from elsewhere, nothing inline, in no frame; and addresses, of which some are secret, are told to nobody
  /// else (`no-referrer` would also take away the origin that a form has to prove).
  static let headers: HTTPFields = [
    .contentType: "text/html; charset=utf-8",
    .contentSecurityPolicy: "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
      + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    .xContentTypeOptions: "nosniff", .referrerPolicy: "same-origin",
  ]
}

/// A file that pages name with its digest, so that it can be kept for ever.
struct Asset: Sendable {
  static let stylesheet = Asset(
    PackageResources.style_css, stem: "style", suffix: "css", type: "text/css; charset=utf-8")
  static let all = [stylesheet]

  let name: String
  let bytes: ByteBuffer
  let type: String

  var path: String { Route.asset.path([name]) }

  private init(_ bytes: [UInt8], stem: String, suffix: String, type: String) {
    name = "\(stem)-\(Digest(of: bytes).hexadecimal.prefix(16)).\(suffix)"
    self.bytes = ByteBuffer(bytes: bytes)
    self.type = type
  }
}

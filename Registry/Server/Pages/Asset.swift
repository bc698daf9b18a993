import NIOCore
import RegistryAPI
import Skills

/// A file that pages name with its digest, so that it can be kept for ever.
struct Asset: Sendable {
  static let stylesheet = Asset(
    PackageResources.style_css, stem: "style", suffix: "css", type: "text/css; charset=utf-8")
  static let script = Asset(
    PackageResources.page_js, stem: "page", suffix: "js", type: "text/javascript; charset=utf-8")
  static let icon = Asset(PackageResources.icon_svg, stem: "icon", suffix: "svg", type: "image/svg+xml")
  static let all = [stylesheet, script, icon]

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

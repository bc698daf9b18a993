import RegistryAPI
import Skills

/// Where a page leads after signing in: a place on the same site and nowhere else.
struct ReturnPath: Sendable {
  let path: String

  /// Anything but a path of visible ASCII from the root leads home.
  init(_ text: (some StringProtocol)?) {
    let isOwn = text.map { text in
      let bytes = Array(text.utf8)
      return bytes.first == UInt8(ascii: "/") && bytes.dropFirst().first != UInt8(ascii: "/")
        && bytes.allSatisfy { $0.isVisible && $0 != UInt8(ascii: "\\") }
    }
    path = isOwn == true ? text.map { String($0) } ?? Route.home.rawValue : Route.home.rawValue
  }

  /// The address of a page that leads there in the end.
  func through(_ page: Route) -> String {
    path == Route.home.rawValue ? page.rawValue : page.rawValue + "?next=" + PercentEncoding.component(path)
  }
}

import Skills
import TestSupport

/// A browser as far as a registry can tell: it keeps cookies, says where a form comes from, and follows no redirect.
struct TestBrowser {
  struct Page {
    var status: Int
    var text: String
    /// By name in lower case.
    var headers: [String: String]
  }

  let port: Int
  /// Scheme, host and port of the pages, as the bar of the browser has them.
  var origin: String
  private(set) var cookies: [String: String] = [:]

  init(_ server: TestServer, origin: String? = nil) {
    port = server.port
    self.origin = origin ?? server.url
  }

  /// - Parameter fields: Header fields beside those of every request, each with its line end.
  mutating func get(_ path: String, fields: String = "") async throws -> Page {
    try await send("GET", path, headers: fields, body: "")
  }

  /// Sends the form of a page.
  ///
  /// - Parameter other: The header fields that say where the form comes from, instead of those of an own page.
  mutating func submit(_ path: String, _ fields: [(String, String)], from other: String? = nil) async throws -> Page {
    let body = fields.map { "\($0)=\(PercentEncoding.component($1))" }.joined(separator: "&")
    let source = other ?? "Origin: \(origin)\r\nSec-Fetch-Site: same-origin\r\n"
    let headers = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n"
    return try await send("POST", path, headers: headers + source, body: body)
  }

  private mutating func send(_ method: String, _ path: String, headers: String, body: String) async throws -> Page {
    let host = origin.split(separator: "/").last ?? ""
    let kept = cookies.isEmpty ? "" : "Cookie: " + cookies.map { "\($0)=\($1)" }.joined(separator: "; ") + "\r\n"
    let head = "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\nUser-Agent: Test/1\r\n"
    let text = head + kept + headers + "\r\n" + body
    let port = port
    let answer = try await onThread {
      let connection = try RawConnection(port: port)
      connection.write(text)
      return connection.read()
    }
    let page = Self.page(answer)
    if let cookie = page.headers["set-cookie"] { keep(cookie) }
    return page
  }

  private mutating func keep(_ header: String) {
    let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard pair.count == 2 else { return }
    cookies[String(pair[0])] = header.contains("Max-Age=0") ? nil : String(pair[1])
  }

  private static func page(_ answer: String) -> Page {
    let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = parts[0].split(separator: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let field = line.split(separator: ":", maxSplits: 1)
      if field.count == 2 { headers[field[0].lowercased()] = String(field[1].drop { $0 == " " }) }
    }
    let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Page(status: status, text: parts.count == 2 ? String(parts[1]) : "", headers: headers)
  }
}

extension TestServer {
  /// A browser in which somebody has just made an account by an invitation.
  ///
  /// - Parameter origin: As the bar of the browser has it; nil for the address of the server itself.
  func browser(of handle: String, origin: String? = nil) async throws -> TestBrowser {
    let secret = try await store.accounts.invite(nil, at: clock.now)
    var browser = TestBrowser(self, origin: origin)
    let made = try await browser.submit("/link/\(secret.text)", [("handle", handle), ("password", "correct horse")])
    guard made.status == 303 else { throw Unexpected(status: made.status, text: made.text) }
    return browser
  }
}

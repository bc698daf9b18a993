/// Requests as bytes.
enum HTTPMessages {
  static func get(_ path: String, headers: [String] = []) -> [UInt8] { bodiless("GET", path, headers) }

  static func delete(_ path: String, headers: [String] = []) -> [UInt8] { bodiless("DELETE", path, headers) }

  private static func bodiless(_ method: String, _ path: String, _ headers: [String]) -> [UInt8] {
    Array((["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers + ["", ""]).joined(separator: "\r\n").utf8)
  }

  /// A form as a page of the registry sends it.
  ///
  /// - Parameter fields: Letters, digits and what else stands for itself in a form.
  static func form(_ path: String, _ fields: KeyValuePairs<String, String>) -> [UInt8] {
    let body = fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    return post(path, "application/x-www-form-urlencoded", ["Origin: http://localhost"], body)
  }

  static func json(_ path: String, _ body: String, headers: [String] = []) -> [UInt8] {
    post(path, "application/json", headers, body)
  }

  private static func post(_ path: String, _ type: String, _ headers: [String], _ body: String) -> [UInt8] {
    let head = ["POST \(path) HTTP/1.1", "Host: localhost", "Content-Type: \(type)"]
    let lines = head + ["Content-Length: \(body.utf8.count)"] + headers + ["", body]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  /// A publish request as clients send it: a form with the archive in its part `package`.
  static func publish(_ archive: [UInt8], token: String, isPrivate: Bool = false) -> [UInt8] {
    let boundary = "agent-mesh-bench-boundary"
    let visibility = [
      "--\(boundary)", "Content-Disposition: form-data; name=\"metadata\"", "", #"{"is_private":true}"#,
    ]
    let package = [
      "--\(boundary)", "Content-Disposition: form-data; name=\"package\"; filename=\"package.tar.gz\"",
      "Content-Type: application/gzip", "", "",
    ]
    let parts = (isPrivate ? visibility : []) + package
    let body = Array(parts.joined(separator: "\r\n").utf8) + archive + Array("\r\n--\(boundary)--\r\n".utf8)
    let head = [
      "POST /api/skills/publish HTTP/1.1", "Host: localhost", "Authorization: Bearer \(token)",
      "Content-Type: multipart/form-data; boundary=\(boundary)", "Content-Length: \(body.count)", "", "",
    ].joined(separator: "\r\n")
    return Array(head.utf8) + body
  }
}

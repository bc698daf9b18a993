/// A command that a browser refused (W3C WebDriver, section 6.6).
struct WebDriverError: Error, CustomStringConvertible {
  /// Such as `no such element`.
  let code: String
  private let message: String

  init(_ value: [String: Any]) {
    code = value["error"] as? String ?? "unknown error"
    message = value["message"] as? String ?? ""
  }

  var description: String { "\(code): \(message)" }
}

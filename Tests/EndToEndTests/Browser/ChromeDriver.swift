import Foundation
import HTTPTransport

/// The program that drives Chromium, on a free port of this machine.
///
/// It ends with its last reference, and with it every browser that it started: those hang on pipes of its own.
final class ChromeDriver: Sendable {
  private static let program = Program.find("chromedriver")

  static let isInstalled = program != nil && Program.find("chromium") != nil

  private let process: RunningProcess
  private let url: String
  private let transport = HTTPTransport(TransportConfiguration(userAgent: "test", environment: [:]))

  private init(process: RunningProcess, url: String) {
    self.process = process
    self.url = url
  }

  deinit { process.kill(SIGKILL) }

  /// - Parameter folder: Where it and its browsers write, profiles among it.
  static func start(in folder: String) async throws -> ChromeDriver {
    guard let program else { throw Registry.Failure("chromedriver is not installed") }
    let process = try RunningProcess(
      [program, "--port=0"], environment: ["PATH": "/usr/bin:/bin", "HOME": folder, "TMPDIR": folder])
    let watchdog = Task {
      try await Task.sleep(for: .seconds(60))
      process.kill(SIGKILL)
    }
    defer { watchdog.cancel() }
    let line = try await process.firstLine { $0.contains("started successfully") }
    guard let port = line?.firstMatch(of: /on port ([0-9]+)/)?.output.1 else {
      process.kill(SIGKILL)
      throw Registry.Failure("chromedriver did not start")
    }
    return ChromeDriver(process: process, url: "http://127.0.0.1:\(port)")
  }

  /// What a command answers (W3C WebDriver, section 6.3), at most 64 MiB of it within 90 seconds.
  ///
  /// - Throws: `WebDriverError` when it is refused.
  @discardableResult
  func send(_ method: HTTPMethod, _ path: String, _ body: [String: Any]? = nil) async throws -> Any {
    var request = HTTPRequest(method, try HTTPURL(parsing: url + path))
    if let body {
      request.headers["Content-Type"] = "application/json; charset=utf-8"
      request.body = .bytes(Array(try JSONSerialization.data(withJSONObject: body)))
    }
    request.timeouts = Timeouts(stall: nil, total: .seconds(90))
    request.retries = .never
    request.responseLimit = 64 << 20
    let response = try await transport.send(request)
    let object = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
    guard response.isSuccess else { throw WebDriverError(object?["value"] as? [String: Any] ?? [:]) }
    return object?["value"] ?? NSNull()
  }
}

import Foundation
import HTTPTransport
import TestSupport

/// A headless Chromium with a fresh profile, spoken to as W3C WebDriver has it.
///
/// No name but the address of this machine leads anywhere for it.
final class BrowserSession: Sendable {
  /// Whether the scripts of pages run; those of a test do either way.
  enum Scripts: CaseIterable, Sendable {
    case on, off
  }

  /// Scheme, host and port of the pages.
  let site: String
  private let driver: ChromeDriver
  private let path: String

  private init(site: String, driver: ChromeDriver, path: String) {
    self.site = site
    self.driver = driver
    self.path = path
  }

  /// Starts a browser and ends it.
  static func run(
    at site: String, scripts: Scripts = .on, _ work: (BrowserSession) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let driver = try await ChromeDriver.start(in: folder.path.string)
    let answer = try await driver.send(.post, "/session", ["capabilities": ["alwaysMatch": capabilities]])
    guard let id = (answer as? [String: Any])?["sessionId"] as? String else {
      throw Registry.Failure("the browser did not start: \(answer)")
    }
    let browser = BrowserSession(site: site, driver: driver, path: "/session/\(id)")
    do {
      try await browser.devTools("Emulation.setScriptExecutionDisabled", ["value": scripts == .off])
      try await work(browser)
    } catch {
      // The first failure is the one to tell.
      _ = try? await browser.send(.delete, "")
      throw error
    }
    try await browser.send(.delete, "")
  }

  /// Milliseconds: an element is waited for as long as a slow machine may need for a page.
  private static let timeouts = ["implicit": 60_000, "pageLoad": 60_000, "script": 60_000]

  private static var capabilities: [String: Any] {
    // Chromium does not run as root otherwise.
    let sandbox = getuid() == 0 ? ["--no-sandbox"] : []
    let arguments = [
      "--headless=new", "--remote-debugging-pipe", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    return [
      "browserName": "chrome", "unhandledPromptBehavior": "ignore", "timeouts": timeouts,
      "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
      "goog:chromeOptions": ["args": arguments + sandbox],
    ]
  }

  @discardableResult
  func send(_ method: HTTPMethod, _ command: String, _ body: [String: Any]? = nil) async throws -> Any {
    try await driver.send(method, path + command, body)
  }

  /// A command of the DevTools protocol.
  @discardableResult
  func devTools(_ command: String, _ parameters: [String: Any] = [:]) async throws -> [String: Any] {
    try await send(.post, "/goog/cdp/execute", ["cmd": command, "params": parameters]) as? [String: Any] ?? [:]
  }

  /// What a function with this body returns in the page.
  @discardableResult
  func execute(_ body: String, _ arguments: [Any] = []) async throws -> Any {
    try await send(.post, "/execute/sync", ["script": body, "args": arguments])
  }

  /// What a function with this body, which may wait, returns in the page.
  func executeAsync(_ body: String) async throws -> Any {
    let script = """
      const finish = arguments[arguments.length - 1];
      (async () => { \(body) })().then(finish, error => finish('failed: ' + error));
      """
    return try await send(.post, "/execute/async", ["script": script, "args": [String]()])
  }
}

import Foundation
import Testing

/// What a browser wrote down since it was last asked.
struct BrowserLog {
  /// Errors of the console; the status of a page itself is none.
  private(set) var consoleErrors: [String] = []
  /// Every address that was asked for, also where the page's policy kept it from being asked.
  private(set) var requests: [String] = []
  private(set) var dialogs: [String] = []
  /// The statuses of pages, by their addresses.
  private(set) var statuses: [String: Int] = [:]

  /// - Parameters:
  ///   - console: Entries of the log `browser`.
  ///   - events: Entries of the log `performance`: events of the DevTools protocol.
  init(console: [[String: Any]], events: [[String: Any]]) throws {
    for entry in events {
      let text = entry["message"] as? String ?? ""
      let event = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      if let message = event?["message"] as? [String: Any] { add(message) }
    }
    for entry in console where entry["level"] as? String == "SEVERE" {
      let text = entry["message"] as? String ?? ""
      let isStatusOfPage = statuses.keys.contains { text.hasPrefix("\($0) - Failed to load resource") }
      if !isStatusOfPage { consoleErrors.append(text) }
    }
  }

  private mutating func add(_ event: [String: Any]) {
    let parameters = event["params"] as? [String: Any] ?? [:]
    switch event["method"] as? String {
    case "Network.requestWillBeSent":
      let request = parameters["request"] as? [String: Any]
      requests.append(request?["url"] as? String ?? "unknown")
    case "Network.webSocketCreated": requests.append(parameters["url"] as? String ?? "unknown")
    case "Network.responseReceived" where parameters["type"] as? String == "Document":
      let response = parameters["response"] as? [String: Any]
      if let url = response?["url"] as? String { statuses[url] = response?["status"] as? Int }
    case "Page.javascriptDialogOpening": dialogs.append(parameters["message"] as? String ?? "")
    default: break
    }
  }
}

extension BrowserSession {
  func log() async throws -> BrowserLog {
    try await BrowserLog(console: entries("browser"), events: entries("performance"))
  }

  private func entries(_ type: String) async throws -> [[String: Any]] {
    try await send(.post, "/se/log", ["type": type]) as? [[String: Any]] ?? []
  }

  /// As `run`, for pages on which nothing may go wrong and that need no other host.
  static func runQuietly(
    at site: String, scripts: Scripts = .on, _ work: (BrowserSession) async throws -> Void
  ) async throws {
    try await run(at: site, scripts: scripts) { browser in
      try await work(browser)
      try await browser.expectQuiet()
    }
  }

  /// Expects that since the last look no error came, nothing was asked of another host and no dialog opened.
  @discardableResult
  func expectQuiet(_ comment: Comment? = nil) async throws -> BrowserLog {
    let log = try await log()
    #expect(log.consoleErrors == [], comment)
    #expect(log.requests.filter { !$0.hasPrefix(site + "/") && !$0.hasPrefix("data:") } == [], comment)
    #expect(log.dialogs == [], comment)
    return log
  }
}

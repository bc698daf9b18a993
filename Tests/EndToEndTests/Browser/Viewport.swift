import Foundation

/// How a page is looked at.
struct Viewport: CustomStringConvertible {
  enum ColorScheme: String, CaseIterable {
    case light, dark
  }

  /// In CSS pixels.
  var width: Int
  var scheme = ColorScheme.light

  var description: String { "\(scheme.rawValue)-\(width)" }

  /// A wide window and a telephone, by day and by night.
  static let all = ColorScheme.allCases.flatMap { scheme in
    [1_280, 390].map { Viewport(width: $0, scheme: scheme) }
  }

  /// The narrowest that a page has to fit into without being moved sideways (WCAG 2.2, criterion 1.4.10).
  static let narrowest = Viewport(width: 320)
}

extension BrowserSession {
  func look(through viewport: Viewport) async throws {
    try await devTools(
      "Emulation.setDeviceMetricsOverride",
      ["width": viewport.width, "height": 900, "deviceScaleFactor": 1, "mobile": false])
    try await devTools(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": viewport.scheme.rawValue]]])
  }

  /// How many pixels of the page lie beside the window.
  func hiddenWidth() async throws -> Int {
    let script = "const page = document.documentElement; return page.scrollWidth - page.clientWidth"
    return try await execute(script) as? Int ?? .max
  }

  /// Words of table heads and of buttons that are broken between two lines.
  func brokenWords() async throws -> [String] {
    let script = #"""
      const broken = [];
      for (const element of document.querySelectorAll(".wide th, button")) {
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          for (const word of texts.currentNode.data.matchAll(/\S+/g)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            if (range.getClientRects().length > 1) broken.push(word[0]);
          }
        }
      }
      return broken;
      """#
    return try await execute(script) as? [String] ?? ["no list of words"]
  }

  /// Writes a picture of the whole page into the folder of `AGENT_MESH_SCREENSHOTS`, where that is set.
  func takeScreenshot(_ name: String) async throws {
    guard let folder = ProcessInfo.processInfo.environment["AGENT_MESH_SCREENSHOTS"], !folder.isEmpty else { return }
    let metrics = try await devTools("Page.getLayoutMetrics")
    var clip = metrics["cssContentSize"] as? [String: Any] ?? [:]
    clip["scale"] = 1
    let answer = try await devTools("Page.captureScreenshot", ["captureBeyondViewport": true, "clip": clip])
    guard let picture = Data(base64Encoded: answer["data"] as? String ?? "") else {
      throw Registry.Failure("no picture of \(name)")
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try picture.write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
  }
}

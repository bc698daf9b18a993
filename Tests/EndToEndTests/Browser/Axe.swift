import Foundation

/// The rules for accessible pages of axe-core (https://github.com/dequelabs/axe-core), which `Scripts/test` fetches.
enum Axe {
  private static let file = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent(".build/axe/axe_playwright_python/axe.min.js")

  static var isThere: Bool { FileManager.default.fileExists(atPath: file.path) }

  fileprivate static func script() throws -> String { try String(contentsOf: file, encoding: .utf8) }
}

extension BrowserSession {
  /// The rules that the page breaks, each with the places where.
  func accessibilityViolations() async throws -> [String] {
    if try await execute("return typeof axe") as? String != "object" { try await execute(Axe.script()) }
    let found = try await executeAsync(
      """
      const {violations} = await axe.run(document, {resultTypes: ['violations']});
      return violations.map(rule => `${rule.id}: ` + rule.nodes.map(node => node.html.slice(0, 200)).join(' '));
      """)
    guard let violations = found as? [String] else { throw Registry.Failure("axe: \(found)") }
    return violations
  }
}

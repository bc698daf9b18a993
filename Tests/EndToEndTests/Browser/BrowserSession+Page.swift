import Foundation
import Testing

/// A page as a person uses it: by the words on it.
extension BrowserSession {
  /// Opens a page.
  ///
  /// - Parameter address: Whole, or from the root of the site.
  func open(_ address: String) async throws {
    try await send(.post, "/url", ["url": address.hasPrefix("/") ? site + address : address])
  }

  var address: String { get async throws { try await text(of: "/url") } }
  var source: String { get async throws { try await text(of: "/source") } }

  /// Waits until a text is on the page.
  func see(_ text: String) async throws {
    try await see(that: "contains(normalize-space(), \(Self.literal(text)))")
  }

  /// Waits until something is true of the page.
  ///
  /// - Parameter condition: As XPath, of its body.
  func see(that condition: String) async throws {
    try await element("/html/body[\(condition)]")
  }

  /// Types into the field with a label, instead of what was in it.
  func fill(_ label: String, with text: String) async throws {
    let field = try await field(label)
    try await send(.post, "/element/\(field)/clear", [:])
    try await send(.post, "/element/\(field)/value", ["text": text])
  }

  func value(of label: String) async throws -> String {
    let field = try await field(label)
    return try await text(of: "/element/\(field)/property/value")
  }

  /// Ticks a box, or takes the tick away.
  func tick(_ label: String) async throws {
    try await click("//label[normalize-space()=\(Self.literal(label))]/input")
  }

  /// Presses the button with these words, or with this name for whoever hears the page.
  ///
  /// - Parameter part: What the button is in, as XPath.
  func press(_ words: String, in part: String = "") async throws {
    let words = Self.literal(words)
    try await click("\(part)//button[@aria-label=\(words) or (not(@aria-label) and normalize-space()=\(words))]")
  }

  /// Chooses from the list with a label, or with this name for whoever hears the page.
  func choose(_ option: String, for label: String) async throws {
    let label = Self.literal(label)
    let list = "//select[@aria-label=\(label) or @id=//label[normalize-space()=\(label)]/@for]"
    try await click("\(list)/option[normalize-space()=\(Self.literal(option))]")
  }

  func follow(_ link: String) async throws {
    try await click("//a[normalize-space()=\(Self.literal(link))]")
  }

  /// The visible text of the first element that a CSS selector finds.
  func text(at selector: String) async throws -> String {
    let element = try await element(selector, using: "css selector")
    return try await text(of: "/element/\(element)/text")
  }

  /// How often an XPath expression is found at this moment.
  func count(_ path: String) async throws -> Int {
    let script = "return document.evaluate(`count(${arguments[0]})`, document).numberValue"
    let number = try await execute(script, [path])
    return try #require(number as? Int)
  }

  func deleteCookies() async throws {
    try await send(.delete, "/cookie")
  }

  // MARK: - Elements

  private func text(of command: String) async throws -> String {
    let answer = try await send(.get, command)
    return try #require(answer as? String)
  }

  private func field(_ label: String) async throws -> String {
    try await element("//*[@id=//label[normalize-space()=\(Self.literal(label))]/@for]")
  }

  private func click(_ path: String) async throws {
    let element = try await element(path)
    try await send(.post, "/element/\(element)/click", [:])
  }

  @discardableResult
  private func element(_ expression: String, using strategy: String = "xpath") async throws -> String {
    let answer = try await send(.post, "/element", ["using": strategy, "value": expression])
    // The key is a constant of the standard (section 12.2).
    return try #require((answer as? [String: Any])?["element-6066-11e4-a52e-4f735466cecf"] as? String)
  }

  /// XPath 1.0 has no escapes.
  private static func literal(_ text: String) -> String {
    text.contains("\"") ? "'\(text)'" : "\"\(text)\""
  }
}

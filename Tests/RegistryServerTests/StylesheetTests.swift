import Foundation
import Testing

@testable import RegistryServer

/// Colours that can be told from one another, in the light and in the dark.
@Suite struct StylesheetTests {
  private static let style = String(decoding: PackageResources.style_css, as: UTF8.self)

  private let colours: [String: [Double]]

  init() {
    let form = #/--([a-z]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)/#
    let found = Self.style.matches(of: form).map { match in
      (String(match.output.1), [Self.luminance(match.output.2), Self.luminance(match.output.3)])
    }
    colours = Dictionary(uniqueKeysWithValues: found)
  }

  /// Relative, of a colour in six hexadecimal digits (WCAG 2.2).
  private static func luminance(_ digits: Substring) -> Double {
    let number = Int(digits, radix: 16) ?? 0
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double(number >> shift & 0xFF) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ first: String, _ second: String) throws -> Double {
    let text = try #require(colours[first])
    let ground = try #require(colours[second])
    let ratios = zip(text, ground).map { (max($0, $1) + 0.05) / (min($0, $1) + 0.05) }
    return try #require(ratios.min())
  }

  @Test(arguments: ["text", "muted", "accent", "good", "caution", "danger"], ["canvas", "surface"])
  func `text can be read`(text: String, ground: String) throws {
    #expect(try contrast(text, ground) >= 4.5)
  }

  @Test func `marked text can be read, and edges can be seen`() throws {
    #expect(try contrast("text", "mark") >= 4.5)
    #expect(try contrast("line", "canvas") >= 3)
    #expect(try contrast("line", "surface") >= 3)
  }

  @Test func `every colour is one of these`() {
    let style = Self.style.replacing(#/--[a-z]+: light-dark\([^)]*\);/#, with: "")
    #expect(style.matches(of: #/#[0-9a-fA-F]{3,8}\b|rgb|hsl|gradient|shadow|url\(/#).isEmpty)
    let used = Set(style.matches(of: #/var\(--([a-z]+)\)/#).map { String($0.output.1) })
    #expect(used == Set(colours.keys))
  }
}

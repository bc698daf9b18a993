import Foundation
import TestSupport
import Testing

@testable import Skills

/// Against Foundation, which has tables of its own.
@Suite struct NormalFormTests {
  /// Those that all tables in use know, whatever their version, but for the byte order mark.
  private static let scalars = (UInt32(1)..<0x30000).compactMap { Unicode.Scalar($0) }.filter { scalar in
    scalar != "\u{FEFF}" && scalar.properties.generalCategory != .unassigned
      && scalar.properties.age.map { $0.major <= 14 } ?? false
  }

  private static func isComposed(_ text: String) -> Bool {
    NormalForm.composed(text).utf8.elementsEqual(text.precomposedStringWithCanonicalMapping.utf8)
  }

  private static func isCompatible(_ text: String) -> Bool {
    NormalForm.compatible(text).utf8.elementsEqual(text.precomposedStringWithCompatibilityMapping.utf8)
  }

  @Test func `every character has the forms that Foundation gives it`() {
    #expect(Self.scalars.count > 140_000)
    let texts = Self.scalars.map { String($0) }
    #expect(texts.filter { !Self.isComposed($0) } == [])
    #expect(texts.filter { !Self.isCompatible($0) } == [])
  }

  @Test func `marks behind a character are ordered and composed as Foundation does`() {
    var random = SplitMix64(seed: 3)
    // Foundation errs with some marks behind characters of other planes, or behind several characters.
    let bases = Self.scalars.filter { $0.value < 0x10000 }
    let marks = bases.filter { $0.properties.canonicalCombiningClass != .notReordered }
    for _ in 0..<20_000 {
      guard let base = bases.randomElement(using: &random), let first = marks.randomElement(using: &random),
        let second = marks.randomElement(using: &random)
      else { continue }
      let text = String(String.UnicodeScalarView([base, first, second]))
      #expect(Self.isComposed(text), "\(text.unicodeScalars.map(\.value))")
      let parts = Array(NormalForm.compatible(String(base)).unicodeScalars)
      guard parts.count == 1, parts[0].properties.canonicalCombiningClass == .notReordered else { continue }
      #expect(Self.isCompatible(text), "\(text.unicodeScalars.map(\.value))")
    }
  }

  @Test func `a text that grows eighteenfold is whole`() {
    let text = String(repeating: "\u{FDFA}\u{E9}\u{D55C}\u{1E9B}\u{323}", count: 5_000)
    #expect(NormalForm.compatible("\u{FDFA}").unicodeScalars.count == 18)
    #expect(Self.isComposed(text) && Self.isCompatible(text))
  }
}

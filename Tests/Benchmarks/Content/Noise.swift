/// Random content of which the seed decides every byte.
struct Noise: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  /// xorshift64* (Marsaglia; Vigna).
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// Bytes that do not compress, the first of them NUL, as in many binary formats.
  mutating func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = [0]
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
      withUnsafeBytes(of: next()) { bytes.append(contentsOf: $0) }
    }
    return Array(bytes.prefix(count))
  }

  mutating func word() -> String {
    Self.words[Int(next() % UInt64(Self.words.count))]
  }

  mutating func sentence(_ count: Int) -> String {
    let text = (0..<count).map { _ in word() }.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private static let words = """
    agent answer apply archive argument ask author base branch build cache call change check client code column command
    commit compare config connect content copy create data default delete describe digest directory document edit entry
    error example exact exit export field file find first folder follow format function generate group handle header help
    hint index input insert install issue item join key language last layout library line link list local log main match
    merge message method module name network new note number object offset open option order output owner pack page parse
    part path pattern plan port print process project prompt publish query question range read record reference registry
    release remove render replace report request result return review root route row rule run schema script search section
    select server session set sheet size skill sort source stage start state status step store stream string style summary
    system table target task template test text token tool tree type unit update upload user value version view wait write
    """.split { $0 == " " || $0 == "\n" }.map(String.init)
}

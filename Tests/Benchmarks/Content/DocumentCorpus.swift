import Foundation

/// SKILL.md files as the world writes them: sizes spread around 5 KB, front matter in every style.
enum DocumentCorpus {
  /// One in so many is read after a repair, but may not be published as it is.
  static var brokenShare: Int { Style.allCases.count }

  static func documents(_ count: Int) -> [[UInt8]] {
    var random = Noise(seed: 7)
    return (0..<count).map { index in
      let style = Style.allCases[index % Style.allCases.count]
      let body = random.markdown(size(&random))
      return style.encoded("---\n\(style.frontMatter("sample-\(index)", &random))---\n\n\(body)")
    }
  }

  /// Log-normal: the median is 5,000 bytes, one in seven has more than 11,000.
  private static func size(_ random: inout Noise) -> Int {
    let first = Double.random(in: 0.000_1...1, using: &random)
    let second = Double.random(in: 0...1, using: &random)
    let normal = sqrt(-2 * log(first)) * cos(2 * .pi * second)
    return Int(min(5_000 * exp(0.8 * normal), 200_000))
  }

  /// Ways of writing the same fields.
  private enum Style: CaseIterable {
    case plain
    case quoted
    case folded
    case literal
    case flow
    case commented
    case manyKeys
    /// `: ` in a plain value: YAML only after a repair.
    case unquotedColon
    case carriageReturns
    case byteOrderMark

    func frontMatter(_ name: String, _ random: inout Noise) -> String {
      let text = random.sentence(24)
      let head = "name: \(name)\n"
      switch self {
      case .plain, .carriageReturns, .byteOrderMark: return head + "description: \(text)\n"
      case .quoted: return "name: '\(name)'\ndescription: \"\(text)\"\nlicense: \"MIT\"\n"
      case .folded: return head + "description: >-\n  \(text)\n  \(random.sentence(20))\nlicense: Apache-2.0\n"
      case .literal: return head + "description: |\n  \(text)\n  \(random.sentence(20))\nversion: 1.2.0\n"
      case .flow: return head + "description: \(text)\nmetadata: { author: acme, version: \"1.10\", tags: [a, b] }\n"
      case .commented: return "# \(random.sentence(9))\n\(head)description: \(text) # \(random.word())\n"
      case .manyKeys: return head + "description: \(text)\n" + keys(&random)
      case .unquotedColon: return head + "description: Use when: \(text)\nlicense: MIT\n"
      }
    }

    private func keys(_ random: inout Noise) -> String {
      let own = (0..<12).map { "\(random.word())-\($0): \(random.sentence(5))\n" }.joined()
      let tools = (0..<4).map { _ in "  - \(random.word())\n" }.joined()
      return "\(own)allowed-tools:\n\(tools)metadata:\n  author: acme\n  version: 2.0.1\n"
    }

    func encoded(_ text: String) -> [UInt8] {
      switch self {
      case .carriageReturns: Array(text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? [13, 10] : [$0] })
      case .byteOrderMark: [0xEF, 0xBB, 0xBF] + text.utf8
      default: Array(text.utf8)
      }
    }
  }
}

/// What a file of a skill is to an agent.
package enum FileKind: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Text that agents read and follow.
  case instructions
  /// What a machine can run: by its mode, its path, its first bytes or the end of its name.
  case executable
  /// Everything else: data, images, templates.
  case other

  /// - Parameters:
  ///   - start: The first bytes of the content, four at least where there are as many; empty when they are not known.
  package init(of path: SkillPath, isExecutable: Bool, start: some Sequence<UInt8>) {
    let name = path.components.last.map { $0.lowercased() } ?? ""
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map(String.init)
    if isExecutable || Self.isProgram(Array(start.prefix(4))) || ending.map(Self.scriptEndings.contains) == true {
      self = .executable
    } else if ending.map(Self.textEndings.contains) == true {
      self = .instructions
    } else {
      self = path.components.count > 1 && path.components[0] == "scripts" ? .executable : .other
    }
  }

  /// Where what agents read and run comes before the rest.
  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// A `#!`, ELF, Mach-O in its four forms, PE or WebAssembly.
  private static func isProgram(_ start: [UInt8]) -> Bool {
    let marks: [[UInt8]] = [
      [0x23, 0x21], [0x7F, 0x45, 0x4C, 0x46], [0xCF, 0xFA, 0xED, 0xFE], [0xCE, 0xFA, 0xED, 0xFE],
      [0xCA, 0xFE, 0xBA, 0xBE], [0xFE, 0xED, 0xFA, 0xCF], [0x4D, 0x5A, 0x90, 0x00], [0x00, 0x61, 0x73, 0x6D],
    ]
    return marks.contains { start.starts(with: $0) }
  }

  private static let textEndings: Set<String> = ["md", "markdown", "mdx", "mdc", "txt", "rst", "adoc"]

  private static let scriptEndings: Set<String> = [
    "applescript", "awk", "bash", "bat", "cjs", "cmd", "com", "command", "csh", "dll", "dylib", "exe", "fish", "go",
    "hta", "jar", "js", "jse", "ksh", "lua", "mjs", "msi", "mts", "php", "pl", "ps1", "psm1", "py", "pyc", "pyw", "r",
    "rb", "scpt", "sh", "so", "swift", "tcl", "ts", "tsx", "vbe", "vbs", "wasm", "wsf", "zsh",
  ]
}

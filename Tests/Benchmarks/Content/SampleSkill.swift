import SkillArchive
import Skills

/// A made-up skill: text and bytes that do not compress, the same for the same arguments.
struct SampleSkill: Sendable {
  let name: String
  let version: String
  let files: [PackedFile]

  /// - Parameters:
  ///   - text: Bytes of Markdown and scripts, about.
  ///   - noise: Bytes that do not compress, exactly.
  ///   - pieces: Files that each of the two is spread over, beside `SKILL.md`.
  init(_ name: String, version: String = "1.0.0", text: Int, noise: Int, pieces: Int = 1, seed: UInt64 = 1) throws {
    self.name = name
    self.version = version
    var random = Noise(seed: seed)
    let main = Self.frontMatter(name, version) + random.markdown(min(text / 3, 5_000))
    var files = [PackedFile(path: .skillMarkdown, bytes: Array(main.utf8))]
    let rest = max(text - main.utf8.count, 0) / pieces
    for piece in 0..<pieces {
      let isScript = piece.isMultiple(of: 4)
      let content = isScript ? random.script(rest) : random.markdown(rest)
      let path = isScript ? "scripts/step-\(piece).sh" : "references/part-\(piece).md"
      files.append(try Self.file(path, Array(content.utf8), isExecutable: isScript))
      if noise > 0 { files.append(try Self.file("assets/image-\(piece).bin", random.bytes(noise / pieces))) }
    }
    self.files = files
  }

  /// - Parameters:
  ///   - repetitive: Bytes of one text file that compresses about 24 times.
  ///   - noise: Bytes of a file that does not.
  init(_ name: String, version: String, repetitive: Int, noise: Int) throws {
    self.name = name
    self.version = version
    var random = Noise(seed: UInt64(noise))
    let blank = [UInt8](repeating: 0x20, count: 3_935) + [0x0A]
    var text: [UInt8] = []
    text.reserveCapacity(repetitive + 4_096)
    while text.count < repetitive { text += random.bytes(160).map { 97 + $0 % 26 } + blank }
    files = [
      PackedFile(path: .skillMarkdown, bytes: Array(Self.frontMatter(name, version).utf8)),
      try Self.file("assets/large.txt", text), try Self.file("assets/noise.bin", random.bytes(noise)),
    ]
  }

  /// Bytes of all files.
  var size: Int { files.reduce(0) { $0 + $1.bytes.count } }

  func packed() throws -> PackedSkill {
    try SkillPacker.pack(files: files)
  }

  /// Writes the files into the folder `place`.
  func write(to place: String, in scratch: Scratch) throws {
    for file in files {
      try scratch.write("\(place)/\(file.path)", file.bytes, isExecutable: file.isExecutable)
    }
  }

  private static func frontMatter(_ name: String, _ version: String) -> String {
    """
    ---
    name: \(name)
    description: Helps with \(name). Use it when somebody asks for a sample of what skills hold.
    license: MIT
    metadata:
      version: \(version)
    ---

    # \(name)


    """
  }

  private static func file(_ path: String, _ bytes: [UInt8], isExecutable: Bool = false) throws -> PackedFile {
    PackedFile(path: try SkillPath(parsing: path), bytes: bytes, isExecutable: isExecutable)
  }
}

extension SampleSkill {
  /// 20 KB in three files, most of it text.
  static func small(_ name: String, version: String = "1.0.0", seed: UInt64 = 1) throws -> SampleSkill {
    try SampleSkill(name, version: version, text: 15_000, noise: 5_000, seed: seed)
  }

  /// 15 MB in 81 files, one half text, the other incompressible.
  static func large(_ name: String) throws -> SampleSkill {
    try SampleSkill(name, text: 7_500_000, noise: 7_500_000, pieces: 40)
  }

  /// A skill of which the archive has about 20 KB.
  static func dense(_ name: String, version: String) throws -> SampleSkill {
    try SampleSkill(name, version: version, text: 10_000, noise: 16_500)
  }

  /// As small as a skill gets that still has a script.
  static func tiny(_ name: String, version: String, seed: UInt64) throws -> SampleSkill {
    try SampleSkill(name, version: version, text: 900, noise: 0, seed: seed)
  }
}

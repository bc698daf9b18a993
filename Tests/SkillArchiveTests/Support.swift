import FileSystem
import Foundation
import SkillArchive
import Skills
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The rule by which `body` refuses an archive; nil when it does not, or fails otherwise.
func refusal<Value>(_ body: () throws -> Value) -> ArchiveRule? {
  do {
    _ = try body()
    return nil
  } catch ArchiveError.refused(let refusal) {
    return refusal.rule
  } catch PackError.refused(let refusal) {
    return refusal.rule
  } catch {
    return nil
  }
}

extension SkillPacker {
  /// An archive of either format in canonical form.
  static func canonicalize(_ source: ArchiveSource) throws(ArchiveError) -> PackedSkill {
    try repack(source, inspected: ArchiveInspector.inspect(source))
  }
}

/// Whether this zlib is one whose compressed bytes are known here.
let knownDeflate = ["1.2.11", "1.2.12", "1.2.13", "1.3", "1.3.1"].contains(Deflater.library) && isLinux

private let isLinux: Bool = {
  #if os(Linux)
    true
  #else
    false
  #endif
}()

struct NothingVisitor: EntryVisitor {
  mutating func begin(_ file: IncomingFile) {}
  mutating func content(_ bytes: UnsafeRawBufferPointer) {}
  mutating func end(_ entry: FileManifest.Entry) {}
}

/// Runs `body` with the character set of another locale on this thread.
func inLocale(_ name: String, _ body: () throws -> Void) throws {
  struct NoSuchLocale: Error {}
  #if canImport(Darwin)
    let characterTypes = Int32(LC_CTYPE_MASK)
  #else
    let characterTypes = Int32(1 << LC_CTYPE)
  #endif
  guard let own = newlocale(characterTypes, name, nil) else { throw NoSuchLocale() }
  let former = uselocale(own)
  defer {
    _ = uselocale(former)
    freelocale(own)
  }
  try body()
}

func path(_ text: String) throws -> SkillPath {
  try SkillPath(parsing: text)
}

/// Bytes that do not compress: they repeat only beyond what deflate looks back.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
  var generator = SplitMix64(seed: seed)
  var block: [UInt8] = []
  while block.count < min(count, 40_000) {
    withUnsafeBytes(of: generator.next()) { block.append(contentsOf: $0) }
  }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(count + block.count)
  while bytes.count < count { bytes += block }
  return Array(bytes.prefix(count))
}

/// Runs a program and fails unless it succeeds.
func run(_ program: String, _ arguments: String..., in folder: String? = nil) throws {
  try run(program, arguments, in: folder)
}

func run(_ program: String, _ arguments: [String], in folder: String? = nil) throws {
  let status = try status(of: program, arguments, in: folder)
  #expect(status == 0, "\(program) \(arguments)")
}

func status(of program: String, _ arguments: [String], in folder: String? = nil, input: String = "") throws -> Int32 {
  try output(of: program, arguments, in: folder, input: input).status
}

func output(
  of program: String, _ arguments: [String], in folder: String? = nil, input: String = ""
) throws -> (status: Int32, text: String) {
  let process = Process()
  let (inputs, outputs) = (Pipe(), Pipe())
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  if let folder { process.currentDirectoryURL = URL(filePath: folder) }
  process.standardInput = inputs
  process.standardOutput = outputs
  process.standardError = FileHandle.nullDevice
  try process.run()
  try inputs.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try inputs.fileHandleForWriting.close()
  let text = String(decoding: outputs.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return (process.terminationStatus, text)
}

/// A token that is drawn here, so that no file of this repository holds one.
func fakeToken(_ prefix: String, _ count: Int, from letters: String = fakeAlphabet, seed: UInt64 = 7) -> String {
  var generator = SplitMix64(seed: seed)
  let letters = Array(letters)
  return prefix + String((0..<count).compactMap { _ in letters.randomElement(using: &generator) })
}

let fakeAlphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHIJKLMNPQRSTUVWXYZ23456789"

extension TemporaryFolder {
  @discardableResult
  func withDirectory<Value>(_ name: String = ".", _ body: (Directory<ArchiveError>) throws -> Value) throws -> Value {
    try body(Directory<ArchiveError>.open(self[name]))
  }

  func manifest(_ name: String = ".") throws -> FileManifest {
    try withDirectory(name) { try FolderContents(of: $0).manifest }
  }
}

import SkillArchive
import Skills
import TestSupport

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

/// Bytes that do not compress.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
  var generator = SplitMix64(seed: seed)
  var bytes: [UInt8] = []
  bytes.reserveCapacity(count + 8)
  while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
  return Array(bytes.prefix(count))
}

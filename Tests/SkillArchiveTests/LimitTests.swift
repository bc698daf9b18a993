import Foundation
import SkillArchive
import Skills
import TestSupport
import Testing

@Suite struct LimitTests {
  private static let content = noise(40_000, seed: 9)
  private static let tar = TarBuilder.skill {
    $0.file("a", content)
    $0.file("b", content)
  }.gzipped
  private static let zip = ZipBuilder.skill {
    $0.parts.append(ZipPart("a", content))
    $0.parts.append(ZipPart("b", content))
  }.encoded

  private static let tight: [(ArchiveRule, @Sendable (inout ArchiveLimits) -> Void)] = [
    (.compressedLimit, { $0.compressedBytes = 1_000 }),
    (.deliveredLimit, { $0.deliveredBytes = 60_000 }),
    (.entryLimit, { $0.entries = 2 }),
    (.fileLimit, { $0.fileBytes = 39_999 }),
    (.skillMarkdownLimit, { $0.skillMarkdownBytes = 10 }),
    (.timeLimit, { $0.duration = .zero }),
    (.ratioExceeded, { ($0.ratioFreeBytes, $0.expansionRatio) = (0, 1) }),
  ]

  @Test(arguments: tight.indices, ArchiveFormat.allCases)
  func `every limit ends the reading with its own rule`(index: Int, format: ArchiveFormat) throws {
    let archive = format == .tarGzip ? Self.tar : Self.zip
    let (rule, change) = Self.tight[index]
    var limits = ArchiveLimits()
    change(&limits)
    // Noise in a zip archive is a little larger than what comes out of it.
    if rule == .ratioExceeded {
      let zeros = Self.zeros(in: format)
      #expect(refusal { try ArchiveInspector.inspect(.bytes(zeros), limits: limits) } == rule)
    } else {
      #expect(refusal { try ArchiveInspector.inspect(.bytes(archive), limits: limits) } == rule)
    }
    #expect(throws: Never.self) { try ArchiveInspector.inspect(.bytes(archive)) }
  }

  @Test func `what is just within the limits is accepted`() throws {
    var limits = ArchiveLimits()
    limits.compressedBytes = Self.tar.count
    limits.entries = 3
    limits.fileBytes = Self.content.count
    limits.skillMarkdownBytes = TarBuilder.skillText.count
    #expect(throws: Never.self) { try ArchiveInspector.inspect(.bytes(Self.tar), limits: limits) }
  }

  @Test func `packing refuses what the reader would refuse`() throws {
    let zeros = PackedFile(path: try path("zeros"), bytes: [UInt8](repeating: 0, count: 4 << 20))
    let main = PackedFile(path: .skillMarkdown, bytes: TarBuilder.skillText)
    #expect(refusal { try SkillPacker.pack(files: [main, zeros]) } == .ratioExceeded)

    var limits = ArchiveLimits()
    limits.compressedBytes = 200
    let noisy = PackedFile(path: try path("noise"), bytes: Self.content)
    #expect(refusal { try SkillPacker.pack(files: [main, noisy], limits: limits) } == .compressedLimit)
    #expect(refusal { try SkillPacker.pack(files: [noisy]) } == .missingSkillMarkdown)
    #expect(refusal { try SkillPacker.pack(files: [main, main]) } == .duplicateName)
  }

  /// In a process of its own, where no other test allocates.
  @Test func `bombs and large archives need little memory`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let large = try folder.write("large.tar.gz", Self.largeArchive())
      let bomb = try #require(HostileArchives.all.first { $0.name == "bomb of zeros" })
      let growth = try Self.peakGrowth {
        let inspected = try ArchiveInspector.inspect(.file(large))
        #expect(inspected.manifest.totalSize > 48 << 20)
        #expect(refusal { try ArchiveInspector.inspect(.bytes(bomb.bytes)) } == .ratioExceeded)
      }
      #expect(growth < 32 << 10)
    }
  }

  private static func largeArchive() -> [UInt8] {
    var tar = TarBuilder.skill()
    for index in 0..<6 { tar.file("part\(index)", noise(8 << 20, seed: UInt64(index))) }
    return tar.gzipped
  }

  private static func zeros(in format: ArchiveFormat) -> [UInt8] {
    let zeros = [UInt8](repeating: 0, count: 40_000)
    return switch format {
    case .tarGzip: TarBuilder.skill { $0.file("zeros", zeros) }.gzipped
    case .zip: ZipBuilder.skill { $0.parts.append(ZipPart("zeros", zeros)) }.encoded
    }
  }

  /// Kilobytes by which the peak of this process rises above where it stands; 0 where Linux does not count them.
  private static func peakGrowth(_ body: () throws -> Void) throws -> Int {
    // Makes the present size the peak.
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    let before = peak()
    try body()
    return peak() - before
  }

  private static func peak() -> Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split { $0 == " " || $0 == "\t" }.compactMap { Int($0) }.first ?? 0
  }
}

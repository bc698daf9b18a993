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

  @Test(arguments: tight.indices, [tar, zip])
  func `every limit ends the reading with its own rule`(index: Int, archive: [UInt8]) throws {
    let (rule, change) = Self.tight[index]
    var limits = ArchiveLimits()
    change(&limits)
    // Noise in a zip archive is a little larger than what comes out of it.
    if rule == .ratioExceeded {
      let zeros = Self.zeros(in: archive == Self.tar ? .tarGzip : .zip)
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

  @Test func `bombs and large archives leave no trace in memory`() throws {
    let folder = try TemporaryFolder()
    var tar = TarBuilder.skill()
    for index in 0..<6 { tar.file("part\(index)", noise(8 << 20, seed: UInt64(index))) }
    let large = try folder.write("large.tar.gz", tar.gzipped)
    tar = TarBuilder()
    let before = try #require(peakMemory())
    #expect(try ArchiveInspector.inspect(.file(large)).manifest.totalSize > 48 << 20)
    #expect(refusal { try ArchiveInspector.inspect(.bytes(bomb())) } == .ratioExceeded)
    #expect(try #require(peakMemory()) - before < 32 << 10)
  }

  private func bomb() -> [UInt8] {
    HostileArchives.sizes(named: "bomb of zeros")
  }

  private static func zeros(in format: ArchiveFormat) -> [UInt8] {
    let zeros = [UInt8](repeating: 0, count: 40_000)
    return switch format {
    case .tarGzip: TarBuilder.skill { $0.file("zeros", zeros) }.gzipped
    case .zip: ZipBuilder.skill { $0.parts.append(ZipPart("zeros", zeros)) }.encoded
    }
  }

  /// Kilobytes, as Linux counts them; zero elsewhere.
  private func peakMemory() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").compactMap { Int($0) }.first
  }
}

extension HostileArchives {
  fileprivate static func sizes(named name: String) -> [UInt8] {
    all.first { $0.name == name }?.bytes ?? []
  }
}

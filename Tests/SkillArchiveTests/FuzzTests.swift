import Foundation
import SkillArchive
import Skills
import TestSupport
import Testing

/// Mutates archives below their compression, so that the parsers are reached and not only the checksums.
///
/// `AGENT_MESH_FUZZ_ITERATIONS` sets the number of archives of each kind, `AGENT_MESH_FUZZ_SEED` begins elsewhere.
@Suite struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let iterations = environment["AGENT_MESH_FUZZ_ITERATIONS"].flatMap(Int.init) ?? 2_000
  private static let firstSeed = environment["AGENT_MESH_FUZZ_SEED"].flatMap(UInt64.init) ?? 0

  /// Tar archives without their gzip layer, good and hostile.
  private static let tarSeeds: [[UInt8]] = {
    let good = TarBuilder.skill {
      $0.folder("a/")
      $0.file("a/b.md", noise(700, seed: 1), mode: 0o755)
      $0.pax([("path", "ä/long"), ("mtime", "1.5"), ("size", "1")])
      $0.file("short")
      $0.file("empty", [])
    }
    let canonical = TarBuilder.skill { $0.file("z.md", noise(100, seed: 2)) }
    let hostile = HostileArchives.tar.compactMap(\.tar).filter { $0.count < 16 << 10 }
    // Good ones weigh as much as all hostile ones together: most mutations only add faults.
    return hostile + Array(repeating: [good.archive, canonical.archive], count: hostile.count / 4).joined()
  }()

  private static let zipSeeds: [[UInt8]] =
    (TameArchives.zip.map(\.bytes) + HostileArchives.zip.map(\.bytes)).filter { $0.count < 4_096 }

  @Test func `mutated tar archives are refused, or mean the same to everybody`() throws {
    try fuzz(Self.tarSeeds, seed: 11) { mutated in Gzip(mutated).encoded }
  }

  @Test func `mutated zip archives are refused, or mean the same to everybody`() throws {
    try fuzz(Self.zipSeeds, seed: 12) { $0 }
  }

  @Test func `mutated gzip archives are refused, or mean the same to everybody`() throws {
    let seeds = TameArchives.tar.map(\.bytes).filter { $0.count < 4_096 }
    try fuzz(seeds, seed: 13, share: 4) { $0 }
  }

  private func fuzz(
    _ seeds: [[UInt8]], seed: UInt64, share: Int = 1, _ wrap: ([UInt8]) -> [UInt8]
  ) throws {
    var generator = SplitMix64(seed: Self.firstSeed &+ seed)
    var accepted = 0
    for iteration in 0..<Self.iterations / share {
      let start = try #require(seeds.randomElement(using: &generator))
      let archive = wrap(Mutation.mutate(start, others: seeds, using: &generator))
      do {
        let inspected = try ArchiveInspector.inspect(.bytes(archive))
        accepted += 1
        try check(inspected, archive)
      } catch ArchiveError.refused(let refusal) {
        // Our reader is the strict one: what it lets through, libarchive must see in the same way.
        #expect(refusal.rule != .parsersDisagree, "iteration \(iteration): \(refusal)")
      }
    }
    // Otherwise nothing but refusals would have been tested.
    #expect(accepted > Self.iterations / share / 100)
  }

  private func check(_ inspected: InspectedArchive, _ archive: [UInt8]) throws {
    let packed = try SkillPacker.repack(.bytes(archive), inspected: inspected)
    #expect(packed.manifest == inspected.manifest)
    let again = try ArchiveInspector.inspect(.bytes(packed.bytes))
    #expect(again.isCanonical)
    #expect(again.manifest == inspected.manifest)
    // An archive that is called canonical is the very one that we write.
    if inspected.isCanonical { #expect(packed.bytes == archive) }
  }
}

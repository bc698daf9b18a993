import Skills
import TestSupport
import Testing

@testable import SkillArchive

@Suite struct SecondReaderTests {
  private static let file = Listing(name: Array("a".utf8), isFolder: false, size: 1, digest: Digest(of: [1]))

  private static let others: [[Listing]] = [
    [],
    [file, file],
    [Listing(name: Array("b".utf8), isFolder: false, size: 1, digest: Digest(of: [1]))],
    [Listing(name: Array("a".utf8), isFolder: true, size: 1, digest: Digest(of: [1]))],
    [Listing(name: Array("a".utf8), isFolder: false, size: 2, digest: Digest(of: [1]))],
    [Listing(name: Array("a".utf8), isFolder: false, size: 1, digest: Digest(of: [2]))],
    [Listing(name: Array("a".utf8), isFolder: false, size: 1, digest: nil)],
  ]

  @Test(arguments: others.indices)
  func `two readers that differ in anything disagree`(index: Int) throws {
    #expect(refusal { try Listing.compare([Self.file], Self.others[index]) } == .parsersDisagree)
    #expect(refusal { try Listing.compare(Self.others[index], [Self.file]) } == .parsersDisagree)
    #expect(throws: Never.self) { try Listing.compare([Self.file], [Self.file]) }
  }

  @Test func `libarchive lists an archive by itself`() throws {
    let content = noise(200_000, seed: 4)
    let tar = TarBuilder.skill {
      $0.folder("d/")
      $0.paxFile(Array("ä".utf8), content)
    }
    let zip = ZipBuilder.skill {
      $0.parts.append(.folder("d/"))
      $0.parts.append(ZipPart("ä", content))
    }
    let expected = [
      Listing(
        name: Array("SKILL.md".utf8), isFolder: false, size: TarBuilder.skillText.count,
        digest: Digest(of: TarBuilder.skillText)),
      Listing(name: Array("d".utf8), isFolder: true, size: 0, digest: nil),
      Listing(name: Array("ä".utf8), isFolder: false, size: content.count, digest: Digest(of: content)),
    ]
    for locale in ["C", "C.UTF-8"] {
      try inLocale(locale) {
        let plain = try LibarchiveReader.listings(of: MemoryFeed(tar.archive), format: .tarGzip)
        #expect(plain == expected)
        let zipped = try SourceReader.open(.bytes(zip.encoded), limits: .standard)
        #expect(try LibarchiveReader.listings(of: ZipStream(zipped), format: .zip) == expected)
      }
    }
  }

  @Test func `whatever libarchive does not take in silence is refused`() throws {
    var damaged = TarBuilder.skill()
    damaged.pax([("size", "-1")])
    damaged.file("a")
    let cut = TarBuilder.skill { $0.file("a", noise(5_000, seed: 1)) }.archive.dropLast(4_000)
    var link = TarBuilder.skill()
    link.entry("a", type: "2", link: "b")
    for bytes in [damaged.archive, Array(cut), link.archive, Array("no tar".utf8)] {
      let rule = refusal { try LibarchiveReader.listings(of: MemoryFeed(bytes), format: .tarGzip) }
      #expect(rule == .parsersDisagree)
    }
  }

  @Test func `a failure of our own reader goes before anything that libarchive says`() throws {
    let feed = MemoryFeed([], failure: .refused(ArchiveRefusal(.timeLimit, "late")))
    #expect(refusal { try LibarchiveReader.listings(of: feed, format: .tarGzip) } == .timeLimit)
  }
}

/// Tar bytes from memory, with none of our own checks before libarchive.
private final class MemoryFeed: ByteStream {
  private var rest: ArraySlice<UInt8>
  private let end: ArchiveError?

  init(_ bytes: [UInt8], failure: ArchiveError? = nil) {
    rest = bytes[...]
    end = failure
  }

  override func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    if rest.isEmpty, let end { throw end }
    let piece = rest.prefix(1_000)
    buffer.copyBytes(from: piece)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}

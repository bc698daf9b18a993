import FileSystem
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct DirectoryTests {
  private static let odd: [UInt8] = [0x66, 0xFF, 0x0A]

  @Test(arguments: ["", "..", "a/b", "/etc", "a\0b"])
  func `only one name is reached at a time`(name: String) throws {
    let folders = try TwoFolders()
    try folders.makeFolder("a/b")
    let directory = try folders.open()
    #expect(errno { _ = try directory.child(name) } == .illegalByteSequence)
    #expect(errno { try directory.write([], to: name) } == .illegalByteSequence)
    #expect(errno { try directory.removeTree(name) } == .illegalByteSequence)
    #expect(errno { _ = try directory.read(name, limit: 1) } == .illegalByteSequence)
    #expect(errno { _ = try directory.exchange("a", with: directory, name) } == .illegalByteSequence)
    #expect(errno { try directory.move("a", to: directory, name) } == .illegalByteSequence)
    #expect(try directory.names() == ["a"])
  }

  @Test func `nothing is opened, created or removed through a link`() throws {
    let folders = try TwoFolders()
    let outside = try Directory.open(folders.outside)
    try outside.write([7], to: "file")
    try folders.makeLink("folder", to: "../proj-evil")
    try folders.makeLink("file", to: "../proj-evil/file")
    try folders.makeLink("new", to: "../proj-evil/new")
    let directory = try folders.open()
    #expect(throws: FileError.self) { try directory.child("folder") }
    #expect(throws: FileError.self) { _ = try directory.file("file") }
    #expect(throws: FileError.self) { try directory.write([1], to: "new") }
    #expect(throws: FileError.self) { _ = try directory.openOrCreateFile("new") }
    #expect(try directory.read("file", limit: 10) == nil)
    try directory.replace("file", with: [1], .atomic)
    for name in ["folder", "file", "new"] { try directory.removeTree(name) }
    #expect(try directory.names().isEmpty)
    #expect(try folders.entriesOutside() == ["file"])
    #expect(try outside.read("file", limit: 10) == [7])
  }

  @Test func `names need not be UTF-8`() throws {
    let folders = try TwoFolders()
    let directory = try folders.open()
    try directory.write([1, 2], to: Self.odd)
    try directory.write([], to: "plain")
    #expect(try directory.rawNames() == [Self.odd, Array("plain".utf8)].sorted { $0.lexicographicallyPrecedes($1) })
    #expect(try directory.names() == ["plain"])
    #expect(try directory.read(Self.odd, limit: 2) == [1, 2])
    try directory.removeFile(Self.odd)
    #expect(try directory.rawNames() == [Array("plain".utf8)])
  }

  @Test func `a pipe is not waited for`() throws {
    let folders = try TwoFolders()
    #expect(mkfifo(folders.inside.appending("pipe").string, 0o600) == 0)
    let directory = try folders.open()
    #expect(try directory.read("pipe", limit: 10) == nil)
    #expect(try directory.kind(of: "pipe") == .other)
    #expect(throws: FileError.self) { _ = try OpenFile.open(folders.inside.appending("pipe")) }
  }

  @Test(arguments: [0o600, 0o644, 0o666, 0o755] as [PermissionBits])
  func `a file and a folder have exactly the mode that was asked for`(mode: PermissionBits) throws {
    let folders = try TwoFolders()
    let directory = try folders.open()
    try directory.write([], to: "file", mode: mode)
    try directory.replace("other", with: [], mode: mode, .synced)
    _ = try directory.newChild("folder", mode: mode | 0o700)
    #expect(try directory.status(of: "file").mode == mode)
    #expect(try directory.status(of: "other").mode == mode)
    #expect(try directory.status(of: "folder").mode == mode | 0o700)
  }

  @Test func `what is read has at most the limit`() throws {
    let folders = try TwoFolders()
    let directory = try folders.open()
    try directory.write([1, 2, 3], to: "file")
    #expect(try directory.read("file", limit: 3) == [1, 2, 3])
    #expect(try directory.read("file", limit: 2) == nil)
    #expect(try directory.read("missing", limit: 2) == nil)
  }

  @Test(arguments: [Durability.atomic, .synced])
  func `a replacement that fails leaves the old file and nothing else`(durability: Durability) throws {
    let folders = try TwoFolders()
    try folders.makeFolder("taken/full")
    let directory = try folders.open()
    #expect(throws: FileError.self) { try directory.replace("taken", with: [1], durability) }
    #expect(try directory.names() == ["taken"])
    try directory.replace("file", with: [1], durability)
    try directory.replace("file", with: [2], durability)
    #expect(try directory.read("file", limit: 1) == [2])
    #expect(try directory.names() == ["file", "taken"])
  }

  #if os(Linux)
    @Test func `a file system that syncs no directories is no failure`() throws {
      // Of these, `fsync` says EINVAL.
      for path in ["/proc", "/sys"] as [FilePath] { try Directory.open(path).sync() }
    }
  #endif

  @Test func `a name that is taken is not moved to`() throws {
    let folders = try TwoFolders()
    let directory = try folders.open()
    try directory.write([1], to: "a")
    try directory.write([2], to: "b")
    #expect(try !directory.moveNew("a", to: directory, "b"))
    #expect(try directory.moveNew("a", to: directory, "c"))
    #expect(try directory.exchange("b", with: directory, "c") == .done)
    #expect(try directory.exchange("b", with: directory, "gone") == .missing)
    #expect(try directory.read("b", limit: 1) == [1])
  }

  @Test func `a tree is removed with what its owner may not write to`() throws {
    let folders = try TwoFolders()
    try folders.makeFolder("tree/deep/er")
    try folders.makeLink("tree/deep/link", to: "../../../proj-evil")
    chmod(folders.inside.appending("tree/deep").string, 0o500)
    let directory = try folders.open()
    try directory.removeTree("tree")
    try directory.removeTree("missing")
    #expect(try directory.names().isEmpty)
  }

  @Test func `a fingerprint tells a folder from its copy`() throws {
    let folders = try TwoFolders()
    try folders.makeFolder("one")
    try folders.makeFolder("two")
    let directory = try folders.open()
    #expect(try directory.fingerprint(of: "one") == directory.child("one").fingerprint())
    #expect(directory.fingerprint(of: "one") != directory.fingerprint(of: "two"))
    #expect(directory.fingerprint(of: "missing") == nil)
  }

  @Test func `an error names the path and what was to be done`() throws {
    let folders = try TwoFolders()
    let path = folders.inside.appending("missing")
    let error = #expect(throws: FileError.self) { try Directory.open(path) }
    #expect(error == FileError(.open, path, .noSuchFileOrDirectory))
    #expect(error?.description == "cannot open '\(path)': No such file or directory")
  }

  @Test func `missing folders are made with the mode that was asked for`() throws {
    let folders = try TwoFolders()
    let path = folders.inside.appending("a/b/c")
    var made: [Entry] = []
    let directory = try Directory.openOrCreate(path, mode: 0o700, made: &made)
    #expect(try directory.status().mode == 0o700)
    #expect(made.map(\.name) == ["a", "b", "c"])
    try folders.makeLink("broken", to: "nowhere")
    #expect(errno { _ = try Directory.openOrCreate(folders.inside.appending("broken")) } == .noSuchFileOrDirectory)
  }
}

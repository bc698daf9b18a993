import FileSystem
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct DescentTests {
  @Test(arguments: [
    "../proj-evil", "../../proj-evil", "/nowhere/at/all", "/", "..", "missing", "a/../../proj-evil", "a/missing",
  ])
  func `a link that leads out, or nowhere, is an error and makes nothing`(target: String) throws {
    let folders = try TwoFolders()
    try folders.makeFolder("a")
    try folders.makeLink("link", to: target)
    var made: [Entry] = []
    #expect(errno { _ = try folders.open().descend("link/skills", creating: 0o755, made: &made) } == .improperLink)
    #expect(errno { _ = try folders.open().descend("link/skills", made: &made) } == .improperLink)
    #expect(made.isEmpty)
    #expect(try folders.entriesOutside().isEmpty)
  }

  @Test func `a neighbour is outside although its name begins with the same letters`() throws {
    let folders = try TwoFolders()
    try folders.makeLink("link", to: folders.outside.string)
    var made: [Entry] = []
    #expect(errno { _ = try folders.open().descend("link", creating: 0o755, made: &made) } == .improperLink)
  }

  @Test(arguments: ["../shared/skills", "./../a/../shared/skills", "../link-to-shared/skills", "absolute"])
  func `a link that stays below is followed, and the directories are the real ones`(target: String) throws {
    let folders = try TwoFolders()
    try folders.makeFolder("a")
    try folders.makeFolder("shared/skills")
    try folders.makeLink("link-to-shared", to: "shared")
    let text = target == "absolute" ? folders.inside.string + "/shared/skills" : target
    try folders.makeLink("a/skills", to: text)
    var made: [Entry] = []
    let directories = try #require(try folders.open().descend("a/skills", made: &made))
    #expect(directories.map(\.path) == ["", "shared", "shared/skills"].map { folders.inside.appending($0) })
    let real = try Directory.open(folders.inside.appending("shared/skills"))
    #expect(try directories.last?.identity() == real.identity())
  }

  @Test func `a circle of links ends`() throws {
    let folders = try TwoFolders()
    try folders.makeLink("a", to: "b")
    try folders.makeLink("b", to: "a")
    var made: [Entry] = []
    #expect(errno { _ = try folders.open().descend("a", made: &made) } == .tooManySymbolicLinkLevels)
  }

  @Test func `what is missing is made, the outermost first, or is nil`() throws {
    let folders = try TwoFolders()
    try folders.makeFolder("a")
    var made: [Entry] = []
    #expect(try folders.open().descend("a/b/c", made: &made) == nil)
    let directories = try #require(try folders.open().descend("a/b/c", creating: 0o755, made: &made))
    #expect(made.map(\.path) == ["a/b", "a/b/c"].map { folders.inside.appending($0) })
    #expect(directories.count == 4)
  }

  @Test func `a file in a path is no directory`() throws {
    let folders = try TwoFolders()
    try folders.open().write([1], to: "a")
    var made: [Entry] = []
    #expect(errno { _ = try folders.open().descend("a/b", creating: 0o755, made: &made) } == .notDirectory)
  }

  @Test func `where a directory is removed on the way, the walk begins again`() async throws {
    let folders = try TwoFolders()
    let project = try folders.open()
    // As a failed install takes away what it made.
    let remover = Repetition {
      var made: [Entry] = []
      _ = try project.descend("a/b", creating: 0o755, made: &made)
      for entry in made.reversed() { entry.directory.removeIfEmpty(entry.name) }
    }
    for _ in 0..<2_000 {
      var made: [Entry] = []
      #expect(try project.descend("a/b/c", creating: 0o755, made: &made)?.count == 4)
      for entry in made.reversed() { entry.directory.removeIfEmpty(entry.name) }
    }
    try await remover.stop()
  }

  @Test func `nothing is made where the start has gone`() throws {
    let folders = try TwoFolders()
    try folders.makeFolder("gone")
    let gone = try Directory.open(folders.inside.appending("gone"))
    try folders.open().removeTree("gone")
    var made: [Entry] = []
    #expect(try gone.descend("a/b", creating: 0o755, made: &made) == nil)
  }

  /// A second task swaps the directory for a link all the time: whatever is opened lies inside.
  @Test func `a directory that is swapped for a link all the time leads nobody out`() async throws {
    let folders = try TwoFolders()
    try folders.makeFolder("a/b")
    try folders.makeLink("evil", to: "../proj-evil")
    let project = try folders.open()
    let swapper = Repetition { _ = try project.exchange("a", with: project, "evil") }
    for _ in 0..<2_000 {
      var made: [Entry] = []
      do {
        let directories = try project.descend("a/b", creating: 0o755, made: &made)
        _ = try directories?.last?.replace("file", with: [1], .atomic)
      } catch {
        #expect([.improperLink, .notDirectory].contains(error.errno), "\(error)")
      }
    }
    try await swapper.stop()
    #expect(try folders.entriesOutside().isEmpty)
  }
}

import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import RegistryStore

@Suite struct WriteLockTests {
  @Test func `two writers never overlap, and waiting for the other one ends`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("registry.sqlite.lock")
    let first = try WriteLock(path: path)
    let second = try WriteLock(path: path, timeout: .zero)
    try first.hold { () -> Void in
      #expect(throws: StoreFailure.self) { try second.hold { Issue.record("both write") } }
    }
    var isHeld = false
    try second.hold { isHeld = true }
    #expect(isHeld)
  }

  @Test func `whoever writes to a database keeps other processes from writing to it`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("registry.sqlite")
    let database = try SQLiteDatabase(path: path.string)
    let other = try WriteLock(path: FilePath(path.string + ".lock"), timeout: .zero)
    let isKeptOut = try await database.write { _ in
      do {
        try other.hold {}
        return false
      } catch StoreFailure.inaccessible {
        return true
      }
    }
    #expect(isKeptOut)
    try other.hold {}
    try database.close()
  }
}

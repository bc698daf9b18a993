import FileSystem
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct LockTests {
  @Test func `a lock keeps every other opening out until it is given back`() throws {
    let folders = try TwoFolders()
    let directory = try folders.open()
    let first = try directory.openOrCreateFile("lock")
    let second = try directory.openOrCreateFile("lock")
    let isTaken = try first.tryLock()
    let isTakenTwice = try second.tryLock()
    let isWaitedFor = try second.lock(within: .milliseconds(5))
    first.unlock()
    let isTakenThen = try second.lock(within: .seconds(60))
    #expect([isTaken, isTakenTwice, isWaitedFor, isTakenThen] == [true, false, false, true])
  }

  @Test func `a lock of a directory ends with the last owner of it`() throws {
    let folders = try TwoFolders()
    let other = try folders.open()
    do {
      let directory = try folders.open()
      let copy = directory
      #expect(try copy.tryLock())
      #expect(try !other.tryLock())
    }
    #expect(try other.tryLock())
  }
}

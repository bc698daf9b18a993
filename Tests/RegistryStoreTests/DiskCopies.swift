import Foundation
import RegistryStore
import Synchronization
import SystemPackage
import TestSupport

/// What a process would leave on the disk that dies at a statement: copies of the database's files.
final class DiskCopies: Sendable {
  private struct Order: Sendable {
    var data: FilePath
    var folder: TemporaryFolder
    var copies: [FilePath] = []
  }

  private let order = Mutex<Order?>(nil)
  private let database: String

  /// - Parameter database: The name of its file.
  init(of database: String = "registry.sqlite") {
    self.database = database
  }

  /// Copies at every statement from now on.
  func begin(of data: FilePath, into folder: TemporaryFolder) {
    order.withLock { $0 = Order(data: data, folder: folder) }
  }

  /// - Returns: A data folder for each statement that has come since.
  func end() -> [FilePath] {
    order.withLock { order in
      defer { order = nil }
      return order?.copies ?? []
    }
  }

  /// To be called before each statement.
  func copy() throws {
    try order.withLock { order in
      guard let current = order else { return }
      let copy = try current.folder.folder("copy-\(current.copies.count)")
      for name in [database, database + "-wal"] {
        try FileManager.default.copyItem(
          atPath: current.data.appending(name).string, toPath: copy.appending(name).string)
      }
      order?.copies.append(copy)
    }
  }
}

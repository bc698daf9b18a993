import Foundation
import Skills
import SystemPackage

/// A private folder among the temporary ones, for as long as a command needs it.
package enum ScratchFolder {
  static let prefix = "agent-mesh-"
  /// What a program that was killed has left behind goes after so long, in seconds.
  static let lifetime: TimeInterval = 24 * 3_600

  /// Makes a new one, and clears away what nobody needs any more.
  ///
  /// - Parameter parent: The folder of temporary files.
  package static func make(in parent: FilePath, now: Date = Date()) throws(MeshError) -> FilePath {
    sweep(parent, now)
    let place = parent.appending(prefix + UUID().uuidString)
    do {
      try FileManager.default.createDirectory(
        atPath: place.string, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw MeshError(.fileError, "cannot make the folder '\(place)': \(error.localizedDescription)")
    }
    return place
  }

  /// Removes old folders and files of our own names that belong to this user, and nothing that a link leads to.
  private static func sweep(_ parent: FilePath, _ now: Date) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.string)) ?? []
    for name in names where name.hasPrefix(prefix) && UUID(uuidString: String(name.dropFirst(prefix.count))) != nil {
      let path = parent.appending(name).string
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
        let date = attributes[.modificationDate] as? Date, now.timeIntervalSince(date) > lifetime,
        (attributes[.ownerAccountID] as? NSNumber)?.uint32Value == geteuid()
      else { continue }
      // What cannot be removed now may be the next time.
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}

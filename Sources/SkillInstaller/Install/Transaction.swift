import Foundation
import Skills

/// A change of several skills, written down before the first of them is touched.
///
/// As long as the record stands, whoever claims the skills folder next carries the change to its end; before it stands,
/// nothing has changed. So a crash leaves the old state or the new one (CL6). A cloned project may bring a record: it
/// can only speak of folders of skills, of known agents and of our two files.
struct Transaction: Codable, Sendable {
  static let fileName = "transaction.json"
  private static let sizeLimit = 32 << 20
  private static let currentFormat = 1

  struct Step: Codable, Sendable {
    enum Kind: String, Codable, Sendable {
      case place
      case mark
      case remove
    }

    var kind: Kind
    var slug: String
    /// The name of its staging folder.
    var staging: String
    /// Of the folder that is to be placed or removed.
    var identity: String?
    var links: [String]
    /// Whether foreign entries in the way of links become backups.
    var isForced: Bool
    var makesCopies: Bool
  }

  struct File: Codable, Sendable {
    var name: String
    /// Nil when the file is to go.
    var text: String?
  }

  var format = currentFormat
  var steps: [Step]
  var files: [File]

  init(steps: [Step], files: [File]) {
    self.steps = steps
    self.files = files
  }

  func write(in work: Directory) throws(MeshError) {
    let bytes: [UInt8]
    do {
      bytes = Array(try JSONEncoder().encode(self))
    } catch {
      throw MeshError(.internalError, "the record of this change cannot be written: \(error)")
    }
    let temporary = Self.fileName + ".new"
    try work.removeFile(temporary)
    try work.write(bytes, to: temporary, mode: 0o600)
    try work.move(temporary, to: work, Self.fileName)
  }

  /// Nil when there is none, or none that we can have written.
  static func read(in work: Directory) throws(MeshError) -> Transaction? {
    guard let bytes = try work.read(fileName, limit: sizeLimit),
      let record = try? JSONDecoder().decode(Transaction.self, from: Data(bytes)), record.format == currentFormat,
      record.files.allSatisfy({ StateFiles.names.contains($0.name) })
    else { return nil }
    return record
  }

  static func remove(in work: Directory) throws(MeshError) {
    try work.removeFile(fileName)
  }
}

extension Transaction.Step {
  /// The parts of it that name something, checked; nil when it is none of ours.
  var checked: (slug: SkillSlug, staging: String)? {
    guard let slug = try? SkillSlug(parsing: slug), Staging.isName(staging, of: slug) else { return nil }
    return (slug, staging)
  }
}

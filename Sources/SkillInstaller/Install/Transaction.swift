import FoundationSubset
import Skills

/// A change of several skills as a list of steps, written down before the first of them is taken.
///
/// `TransactionRun` takes the steps, and undoes those that were taken when one fails. As long as the record stands,
/// whoever claims the skills folder next carries the change to its end; before it stands, nothing has changed. So a
/// crash leaves the old state or the new one. A cloned project may bring a record: it names another folder by its
/// fingerprint, and is cleared away.
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
    /// The name of its staging.
    var staging: String
    /// Of the folder that is to be placed or removed.
    var identity: String?
    var links: [String]
    /// Whether foreign entries in the way of links become backups.
    var isForced: Bool
    var makesCopies: Bool
    /// Whether what stands there is kept as a backup, whatever its record says of it.
    var keepsBackup: Bool?
    /// Whether nothing may stand where the skill goes.
    var needsFreePlace: Bool?

    /// The parts of it that name something, checked; nil when it is none of ours.
    var checked: (slug: SkillSlug, staging: String)? {
      guard let slug = try? SkillSlug(parsing: slug), Staging.isName(staging, of: slug) else { return nil }
      return (slug, staging)
    }
  }

  struct File: Codable, Sendable {
    var name: String
    /// Nil when the file is to go.
    var text: String?
    /// Of what was there before; nil when nothing was.
    var old: Digest?
  }

  var format = currentFormat
  /// The fingerprint of the skills folder: a record that was copied, or cloned, is not acted upon.
  let root: String
  /// Of the folder with the two files; nil when it was not there yet.
  let state: String?
  let steps: [Step]
  let files: [File]

  var isEmpty: Bool { steps.isEmpty && files.isEmpty }

  /// Brings the record onto the disk, in one step.
  func write(in work: Directory) throws(MeshError) {
    let bytes: [UInt8]
    do {
      bytes = Array(try JSONEncoder().encode(self))
    } catch {
      throw MeshError(.internalError, "the record of this change cannot be written: \(error)")
    }
    let temporary = Self.fileName + ".new"
    try work.removeFile(temporary)
    try work.replace(Self.fileName, with: bytes, .synced, temporary: temporary)
  }

  /// Nil when there is none, or none that we can have written.
  ///
  /// - Throws: `newerFormat` for the record of a newer program, which knows how its change comes to its end.
  static func read(in work: Directory, of root: Directory) throws(MeshError) -> Transaction? {
    guard let bytes = try work.read(fileName, limit: sizeLimit) else { return nil }
    if RecordFormat.isNewer(bytes, than: currentFormat) {
      throw MeshError(
        .newerFormat, "a newer agent-mesh was interrupted in '\(root.path)'",
        hint: "Let it finish its work: update agent-mesh. If this folder was copied from elsewhere, delete "
          + "'\(work.path)' instead.")
    }
    guard let record = try? JSONDecoder().decode(Transaction.self, from: Data(bytes)), record.format == currentFormat,
      record.root == root.fingerprint(),
      record.files.allSatisfy({ StateFiles.names.contains($0.name) })
    else { return nil }
    return record
  }

  /// The two files of somebody else are not ours to write: a skills folder can be that of a project and of a user.
  ///
  /// - Throws: `conflict`.
  func refuseOtherState(_ targets: InstallTargets) throws(MeshError) {
    guard !files.isEmpty, let state else { return }
    let now = try Directory.openIfPresent(targets.stateFolder)?.fingerprint()
    guard now != state else { return }
    throw MeshError(
      .conflict, "an interrupted change of other skills in '\(targets.sharedFolder)' has to come to its end first",
      hint: targets.scope == .project
        ? "Run: agent-mesh skills install --global" : "In the project of that folder, run: agent-mesh skills install")
  }

  static func remove(in work: Directory) throws(MeshError) {
    try work.removeFile(fileName)
  }
}

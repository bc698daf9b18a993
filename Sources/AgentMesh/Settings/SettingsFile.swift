import FileSystem
import FoundationSubset
import Skills
import SystemPackage

/// `~/.agent-mesh/config.json`: mode 0600, written whole beside itself and renamed, one writer at a time.
struct SettingsFile: Sendable {
  private static let name = "config.json"
  /// Bytes.
  private static let maximumSize = 4 << 20
  /// How long another process may keep the settings.
  private static let timeout = Duration.seconds(30)

  let folder: String
  var path: String { folder + "/" + Self.name }

  init(environment: [String: String]) {
    let home =
      environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? FileManager.default.homeDirectoryForCurrentUser.path
    folder = home + "/.agent-mesh"
  }

  /// The settings; empty when there is no file.
  ///
  /// Creates nothing.
  ///
  /// - Throws: `configurationError` when the file cannot be read, is damaged, or shows its tokens to others; also when
  ///   others could have written it.
  func read() throws(MeshError) -> Settings {
    guard let (bytes, mode) = try contents() else { return Settings() }
    let settings = try parse(bytes)
    guard mode & 0o077 == 0 || !settings.hasSecrets else {
      throw MeshError(
        .configurationError, "others can read the tokens in '\(path)'", hint: "Close it: chmod 600 '\(path)'.")
    }
    return settings
  }

  /// Changes the settings under a lock.
  ///
  /// - Throws: `configurationError`; a file that cannot be read or is damaged stays as it is.
  func change(_ body: (inout Settings) throws(MeshError) -> Void) throws(MeshError) {
    let directory = try openOrCreate()
    // The lock ends with the last owner of the open file.
    let lock = try claim(directory)
    var settings = try contents().map { contents throws(MeshError) in try parse(contents.bytes) } ?? Settings()
    try body(&settings)
    try write(settings, in: directory)
    lock.unlock()
  }

  /// Moves a damaged file out of the way of a new one.
  ///
  /// - Returns: Where it is now; nil when there is nothing wrong with it.
  func setAsideIfDamaged() throws(MeshError) -> String? {
    guard let (bytes, _) = try contents(), (try? parse(bytes)) == nil else { return nil }
    do throws(FileError) {
      let directory = try Directory<FileError>.open(FilePath(folder))
      for number in 1...1_000 {
        let aside = "\(Self.name).bad-\(number)"
        if try directory.moveNew(Self.name, to: directory, aside) { return "\(folder)/\(aside)" }
      }
    } catch {
      throw Self.failure(error)
    }
    throw MeshError(.configurationError, "'\(folder)' is full of damaged settings", hint: "Remove the old ones.")
  }

  /// Nil only when there is no such file; without bytes when it is larger than settings are.
  private func contents() throws(MeshError) -> (bytes: [UInt8]?, mode: PermissionBits)? {
    if let status = FileStatus(at: FilePath(folder)) { try refuseOtherWriters(status, folder) }
    let bytes: [UInt8]?
    let status: FileStatus
    do throws(FileError) {
      let file = try OpenFile<FileError>.open(FilePath(path))
      bytes = try file.bytes(limit: Self.maximumSize)
      status = try file.status()
    } catch {
      if error.isAbsent || error.errno == .notDirectory { return nil }
      throw Self.failure(error)
    }
    try refuseOtherWriters(status, path)
    return (bytes, status.mode)
  }

  /// Whoever writes the settings chooses the registry that everything comes from.
  private func refuseOtherWriters(_ status: FileStatus, _ path: String) throws(MeshError) {
    guard status.isOfTrustedOwner else {
      throw MeshError(
        .configurationError, "'\(path)' belongs to another user, who could change the settings",
        hint: "Make it yours: chown \"$(id -u)\" '\(path)'")
    }
    guard !status.isOpenToOthers else {
      throw MeshError(
        .configurationError, "others may write to '\(path)', and could change the settings",
        hint: "Close it: chmod go-w '\(path)'")
    }
  }

  private func parse(_ bytes: [UInt8]?) throws(MeshError) -> Settings {
    guard let bytes else { throw damaged("it has more than \(Self.maximumSize) bytes") }
    let settings: Settings
    do {
      settings = Settings(try JSONDecoder().decode([String: JSONValue].self, from: Data(bytes)))
    } catch {
      throw damaged("it is no JSON object")
    }
    if let registry = settings.values["registry"], registry.text == nil { throw damaged("'registry' is no text") }
    return settings
  }

  private func damaged(_ reason: String) -> MeshError {
    MeshError(
      .configurationError, "'\(path)' is damaged: \(reason)",
      hint: "Fix it, or log in again, which keeps it aside and begins a new one: agent-mesh login")
  }

  private func openOrCreate() throws(MeshError) -> Directory<FileError> {
    let path = FilePath(folder)
    do throws(FileError) {
      let home = try Directory<FileError>.open(path.removingLastComponent())
      try home.makeChild(path.lastComponent?.string ?? "", mode: 0o700)
      return try Directory.open(path)
    } catch {
      throw Self.failure(error)
    }
  }

  private func claim(_ directory: Directory<FileError>) throws(MeshError) -> OpenFile<FileError> {
    do throws(FileError) {
      let file = try directory.openOrCreateFile("config.lock")
      if try file.lock(within: Self.timeout) { return file }
    } catch {
      throw Self.failure(error)
    }
    throw MeshError(.busy, "another process has been changing the settings in '\(folder)' for \(Self.timeout)")
  }

  private func write(_ settings: Settings, in directory: Directory<FileError>) throws(MeshError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(settings.values) else {
      throw MeshError(.configurationError, "the settings cannot be written as JSON")
    }
    // One name for all: what a killed process has left is found again.
    let temporary = Self.name + ".new"
    do throws(FileError) {
      try directory.removeFile(temporary)
      try directory.replace(Self.name, with: Array(data) + Array("\n".utf8), .synced, temporary: temporary)
    } catch {
      throw Self.failure(error)
    }
  }

  private static func failure(_ error: FileError) -> MeshError {
    MeshError(.configurationError, "\(error)", hint: "Check who owns it.")
  }
}

extension Settings {
  fileprivate var hasSecrets: Bool {
    values["token"] != nil || values["tokens"] != nil || connectedAgents.values.contains { $0.token != nil }
  }
}

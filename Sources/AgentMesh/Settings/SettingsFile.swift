import Foundation
import Skills

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `~/.agent-mesh/config.json`: mode 0600, written whole beside itself and renamed, one writer at a time.
struct SettingsFile: Sendable {
  let folder: String
  var path: String { folder + "/config.json" }

  init(environment: [String: String]) {
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
    folder = home + "/.agent-mesh"
  }

  /// The settings; empty when there is no file.
  ///
  /// Creates nothing.
  ///
  /// - Throws: `configurationError` when the file cannot be read, is damaged, or shows its tokens to others.
  func read() throws(MeshError) -> Settings {
    guard let data = try contents() else { return Settings() }
    let settings = try parse(data)
    var information = stat()
    guard stat(path, &information) == 0, information.st_mode & 0o077 == 0 || !settings.hasSecrets else {
      throw MeshError(
        .configurationError, "others can read the tokens in '\(path)'", hint: "Close it: chmod 600 '\(path)'.")
    }
    return settings
  }

  /// Changes the settings under a lock.
  ///
  /// - Throws: `configurationError`; a file that cannot be read or is damaged stays as it is.
  func change(_ body: (inout Settings) throws(MeshError) -> Void) throws(MeshError) {
    try underLock { () throws(MeshError) in
      var settings = try contents().map { data throws(MeshError) in try parse(data) } ?? Settings()
      try body(&settings)
      try write(settings)
    }
  }

  /// Moves a damaged file out of the way of a new one.
  ///
  /// - Returns: Where it is now; nil when there is nothing wrong with it.
  func setAsideIfDamaged() throws(MeshError) -> String? {
    guard let data = try contents(), (try? parse(data)) == nil else { return nil }
    for number in 1...1_000 {
      let aside = "\(path).bad-\(number)"
      guard access(aside, F_OK) != 0 else { continue }
      guard rename(path, aside) == 0 else { throw failure("cannot keep the damaged '\(path)' aside") }
      return aside
    }
    throw MeshError(.configurationError, "'\(folder)' is full of damaged settings", hint: "Remove the old ones.")
  }

  /// Nil only when there is no such file.
  private func contents() throws(MeshError) -> Data? {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      var information = stat()
      if stat(path, &information) != 0, errno == ENOENT || errno == ENOTDIR { return nil }
      throw MeshError(
        .configurationError, "cannot read '\(path)': \(error.localizedDescription)", hint: "Check who owns it.")
    }
  }

  private func parse(_ data: Data) throws(MeshError) -> Settings {
    let settings: Settings
    do {
      settings = Settings(try JSONDecoder().decode([String: JSONValue].self, from: data))
    } catch {
      throw damaged("it is no JSON object")
    }
    if let registry = settings.values["registry"], registry.text == nil { throw damaged("'registry' is no text") }
    return settings
  }

  private func damaged(_ reason: String) -> MeshError {
    MeshError(
      .configurationError, "'\(path)' is damaged: \(reason)",
      hint: "Mend it, or log in again: agent-mesh login keeps it aside and begins a new one.")
  }

  private func underLock(_ body: () throws(MeshError) -> Void) throws(MeshError) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure("cannot create '\(folder)'") }
    let lock = open(folder + "/config.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw failure("cannot lock the settings in '\(folder)'") }
    defer { close(lock) }
    guard flock(lock, LOCK_EX) == 0 else { throw failure("cannot lock the settings in '\(folder)'") }
    try body()
  }

  private func write(_ settings: Settings) throws(MeshError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(settings.values) else {
      throw MeshError(.configurationError, "the settings cannot be written as JSON")
    }
    let temporary = path + ".new"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure("cannot write '\(temporary)'") }
    let isWritten = Streams.write(Array(data) + Array("\n".utf8), to: file) && fsync(file) == 0
    let problem = failure("cannot write '\(temporary)'")
    close(file)
    guard isWritten, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw isWritten ? failure("cannot write '\(path)'") : problem
    }
  }

  private func failure(_ what: String) -> MeshError {
    MeshError(.configurationError, "\(what): \(String(cString: strerror(errno)))")
  }
}

extension Settings {
  fileprivate var hasSecrets: Bool { values["token"] != nil || values["tokens"] != nil }
}

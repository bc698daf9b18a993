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
  /// - Throws: `configurationError` when the file is damaged or others can read the tokens in it.
  func read() throws(MeshError) -> Settings {
    var information = stat()
    guard stat(path, &information) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return Settings() }
      throw MeshError(.configurationError, "cannot look at '\(path)': \(String(cString: strerror(errno)))")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw MeshError(.configurationError, "cannot read '\(path)'", hint: "Check who owns it.")
    }
    guard let values = try? JSONDecoder().decode([String: JSONValue].self, from: data) else {
      throw MeshError(
        .configurationError, "'\(path)' is not valid JSON",
        hint: "Mend it, or move it away; the next login writes a new one.")
    }
    let settings = Settings(values)
    guard information.st_mode & 0o077 == 0 || !settings.hasSecrets else {
      throw MeshError(
        .configurationError, "others can read the tokens in '\(path)'", hint: "Close it: chmod 600 '\(path)'.")
    }
    return settings
  }

  /// Changes the settings under a lock.
  ///
  /// A damaged file is kept beside the new one as `config.json.bad`.
  func change(_ body: (inout Settings) throws(MeshError) -> Void) throws(MeshError) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure("cannot create '\(folder)'") }
    let lock = open(folder + "/config.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else { throw failure("cannot lock the settings in '\(folder)'") }
    defer { close(lock) }
    var settings = Settings()
    if let data = FileManager.default.contents(atPath: path) {
      if let values = try? JSONDecoder().decode([String: JSONValue].self, from: data) {
        settings = Settings(values)
      } else if rename(path, path + ".bad") != 0 {
        throw failure("cannot keep the damaged '\(path)' aside")
      }
    }
    try body(&settings)
    try write(settings)
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
    let bytes = data + Data("\n".utf8)
    let written = bytes.withUnsafeBytes { posixWrite(file, $0.baseAddress, $0.count) }
    let isSynced = fsync(file) == 0
    close(file)
    guard written == bytes.count, isSynced, rename(temporary, path) == 0 else {
      throw failure("cannot write '\(path)'")
    }
  }

  private func failure(_ what: String) -> MeshError {
    MeshError(.configurationError, "\(what): \(String(cString: strerror(errno)))")
  }
}

private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

extension Settings {
  fileprivate var hasSecrets: Bool { values["token"] != nil || values["tokens"] != nil }
}

import SystemPackage

extension FilePath {
  /// The program of that name in the first folder of `PATH` that has one; nil where none has.
  ///
  /// Folders that are not absolute are passed over: what they have depends on where a command is run.
  ///
  /// - Parameter environment: The variables of the process.
  package static func program(_ name: String, in environment: [String: String]) -> FilePath? {
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return folders.filter { $0.hasPrefix("/") }.map { FilePath("\($0)/\(name)") }.first { path in
      guard let status = FileStatus(at: path) else { return false }
      return status.kind == .file && status.isExecutable
    }
  }
}

import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Directory {
  /// Walks down a path, opening each name in the directory before it.
  ///
  /// The kernel follows no link. A link that stays below this directory is followed by hand, name by name, so
  /// that nobody can lead the walk out by swapping a directory for a link, whatever the moment (CWE-59, CWE-367).
  ///
  /// - Parameters:
  ///   - mode: What missing directories are made with, less what the umask takes; nil to make none. Where a link leads
  ///     nothing is made.
  ///   - made: Gets what was made, the outermost first.
  /// - Returns: This directory, and one for each name of the path as it really lies; nil when something is missing, or
  ///   this directory itself has gone.
  /// - Throws: `EXDEV` of opening for a link that leads out of this directory, or nowhere.
  package func descend(
    _ path: FilePath, creating mode: PermissionBits? = nil, made: inout [Entry<Failure>]
  ) throws(Failure) -> [Directory]? {
    var descent = Descent(start: self, path)
    while let name = try descent.next() {
      if try descent.enter(name) { continue }
      guard let mode else { return nil }
      switch try descent.here.makeChild(name, mode: mode) {
      case .made:
        made.append(Entry(directory: descent.here, name: name))
        descent.retry(name)
      case .exists: descent.retry(name)
      case .parentIsGone where descent.directories.count > 1: descent.restart(path)
      case .parentIsGone: return nil
      }
    }
    return descent.directories
  }
}

/// A walk down from a directory that has not come to its end.
private struct Descent<Failure: FileFailure> {
  /// More than any path needs; a circle of links ends here, and so does a race with somebody who removes directories.
  private static var mostSteps: Int { 256 }

  /// One for each name so far, after the start.
  private(set) var directories: [Directory<Failure>]
  /// Names that are still to come, the next one last.
  private var names: [String]
  /// The link from which the next names are, and how many names were left when it was met.
  private var link: (path: FilePath, rest: Int)?
  private var steps = 0

  init(start: Directory<Failure>, _ path: FilePath) {
    directories = [start]
    names = path.components.reversed().map(\.string)
  }

  var here: Directory<Failure> { directories[directories.count - 1] }

  /// The next name in the directory that the walk has come to; nil at its end.
  mutating func next() throws(Failure) -> String? {
    while let name = names.popLast() {
      steps += 1
      guard steps <= Self.mostSteps else { throw here.failure(.open, name, .tooManySymbolicLinkLevels) }
      switch name {
      case ".": continue
      case "..":
        guard directories.count > 1 else { throw leaving(name) }
        directories.removeLast()
      default: return name
      }
    }
    return nil
  }

  /// False when nothing of that name is there.
  mutating func enter(_ name: String) throws(Failure) -> Bool {
    let here = here
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    switch here.attempt(name, { openat(here.number, $0, flags) }) {
    case .success(let number):
      directories.append(Directory(adopting: number, here.path(of: name)))
      return true
    case .failure(.noSuchFileOrDirectory):
      // A link to something that is missing would decide where it is made.
      if isOfLink { throw leaving(name) }
      return false
    case .failure(.notDirectory), .failure(.tooManySymbolicLinkLevels):
      guard let text = try here.linkText(name) else { throw here.failure(.open, name, .notDirectory) }
      try follow(text, named: name)
      return true
    case .failure(let errno): throw here.failure(.open, name, errno)
    }
  }

  mutating func retry(_ name: String) { names.append(name) }

  /// Begins again, since somebody has removed a directory on the way.
  mutating func restart(_ path: FilePath) {
    let taken = steps
    self = Descent(start: directories[0], path)
    steps = taken
  }

  private mutating func follow(_ text: String, named name: String) throws(Failure) {
    if !isOfLink { link = (here.path(of: name), names.count) }
    var target = FilePath(text)
    if target.isAbsolute {
      // Only names come of this look, and each of them is walked by hand.
      guard let real = target.resolved, let start = directories[0].path.resolved, real.starts(with: start) else {
        throw leaving(name)
      }
      target = real
      _ = target.removePrefix(start)
      directories.removeLast(directories.count - 1)
    }
    names += target.components.reversed().map(\.string)
  }

  private var isOfLink: Bool { link.map { names.count >= $0.rest } ?? false }

  private func leaving(_ name: String) -> Failure {
    Failure(FileError(.open, isOfLink ? link?.path ?? here.path : here.path(of: name), .improperLink))
  }
}

extension FilePath {
  /// The folder that relative paths of this process begin at; empty when it is gone.
  package static var workingDirectory: FilePath { FilePath().resolved ?? FilePath() }

  /// The path without links and dots, as the kernel goes it at this moment; nil when it leads nowhere.
  package var resolved: FilePath? {
    guard let resolved = (isEmpty ? "." : self).withPlatformString({ realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return FilePath(platformString: resolved)
  }
}

import Foundation
import Skills
import SystemPackage

/// A digest over everything below a folder: names, types, modes, link targets and contents.
///
/// Taken before and after, it proves that nothing outside a target was touched. Names need not be UTF-8.
package func treeHash(of folder: FilePath) throws -> Digest {
  var hasher = Digest.Hasher()
  try add(Array(folder.string.utf8), below: [], to: &hasher)
  return hasher.finalize()
}

private func add(_ folder: [UInt8], below prefix: [UInt8], to hasher: inout Digest.Hasher) throws {
  for name in try names(in: folder) {
    let (path, shown) = (folder + [0x2F] + name, prefix + name)
    var status = stat()
    guard lstat(path.cString, &status) == 0 else { throw Errno(rawValue: errno) }
    let type = status.st_mode & S_IFMT
    hasher.update(shown + Array("\u{0}\(type)\u{0}\(status.st_mode & 0o7777)\u{0}".utf8))
    switch type {
    case S_IFDIR: try add(path, below: shown + [0x2F], to: &hasher)
    case S_IFLNK: hasher.update(try linkText(path))
    case S_IFREG: hasher.update(try content(of: path))
    default: break
    }
  }
}

private func names(in folder: [UInt8]) throws -> [[UInt8]] {
  guard let stream = opendir(folder.cString) else { throw Errno(rawValue: errno) }
  defer { closedir(stream) }
  var names: [[UInt8]] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
  }
  return names.sorted { $0.lexicographicallyPrecedes($1) }
}

private func linkText(_ path: [UInt8]) throws -> [UInt8] {
  var buffer = [CChar](repeating: 0, count: 4_096)
  let count = readlink(path.cString, &buffer, buffer.count)
  guard count >= 0 else { throw Errno(rawValue: errno) }
  return buffer.prefix(count).map { UInt8(bitPattern: $0) }
}

private func content(of path: [UInt8]) throws -> Data {
  let descriptor = open(path.cString, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw Errno(rawValue: errno) }
  return try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).readToEnd() ?? Data()
}

extension [UInt8] {
  fileprivate var cString: [CChar] { map { CChar(bitPattern: $0) } + [0] }
}

import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file, closed with its owner.
struct OpenFile: ~Copyable {
  private let handle: DescriptorHandle
  /// For messages only.
  let path: String

  init(adopting descriptor: Int32, path: String) {
    handle = DescriptorHandle(adopting: descriptor)
    self.path = path
  }

  var descriptor: Int32 { handle.number }

  /// Opens an existing regular file for reading.
  static func reading(_ path: FilePath) throws(FileFault) -> OpenFile {
    let (descriptor, failure) = systemCall {
      path.withPlatformString { openat(AT_FDCWD, $0, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0) }
    }
    if let failure { throw FileFault(.open, path.string, failure) }
    let file = OpenFile(adopting: descriptor, path: path.string)
    guard try file.status().isRegular else { throw FileFault(.open, path.string, .invalidArgument) }
    return file
  }

  func status() throws(FileFault) -> FileStatus {
    var raw = stat()
    let (_, failure) = systemCall { fstat(descriptor, &raw) }
    if let failure { throw FileFault(.inspect, path, failure) }
    return FileStatus(raw)
  }

  /// The number of bytes read, which is 0 only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
    let (count, failure) = systemCall { systemRead(descriptor, buffer.baseAddress, buffer.count) }
    if let failure { throw FileFault(.read, path, failure) }
    return count
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
    let (count, failure) = systemCall { pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
    if let failure { throw FileFault(.read, path, failure) }
    return count
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFault) {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let (count, failure) = systemCall { systemWrite(descriptor, rest.baseAddress, rest.count) }
      if let failure { throw FileFault(.write, path, failure) }
      written += count
    }
  }

  /// Sets exactly `mode`, whatever the umask of the process.
  func setMode(_ mode: mode_t) throws(FileFault) {
    // Looking is many times cheaper than changing what is right already.
    var raw = stat()
    if fstat(descriptor, &raw) == 0, raw.st_mode & 0o7777 == mode { return }
    let (_, failure) = systemCall { fchmod(descriptor, mode) }
    if let failure { throw FileFault(.setMode, path, failure) }
  }

  func sync() throws(FileFault) {
    let (_, failure) = systemCall { fsync(descriptor) }
    if let failure { throw FileFault(.sync, path, failure) }
  }

  /// Closes now and reports what a delayed write may still bring up.
  consuming func close() throws(FileFault) {
    let path = path
    if let failure = handle.close() { throw FileFault(.close, path, failure) }
  }
}

private func systemRead(_ descriptor: Int32, _ base: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, base, count)
}

private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, base, count)
}

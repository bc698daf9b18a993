import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file, closed with its owner.
package struct OpenFile<Failure: FileFailure>: ~Copyable, Sendable {
  private let handle: DescriptorHandle
  /// For messages.
  package let path: FilePath

  init(adopting number: Int32, _ path: FilePath) {
    handle = DescriptorHandle(number: number)
    self.path = path
  }

  /// - Throws: `EINVAL` of opening when it is no regular file.
  init(regular number: Int32, _ path: FilePath) throws(Failure) {
    self.init(adopting: number, path)
    guard try status().kind == .file else { throw Failure(FileError(.open, path, .invalidArgument)) }
  }

  /// Opens a regular file that a person named, for reading; a pipe or a device is an error and is never waited for.
  ///
  /// - Parameter followsLink: Whether the last name of the path may be a link.
  package static func open(_ path: FilePath, followsLink: Bool = true) throws(Failure) -> OpenFile {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLink ? 0 : O_NOFOLLOW)
    switch path.withPlatformString({ name in systemCall { openat(AT_FDCWD, name, flags) } }) {
    case .success(let number): return try OpenFile(regular: number, path)
    case .failure(let errno): throw Failure(FileError(.open, path, errno))
    }
  }

  /// A file without a name among the temporary ones: it is gone with its descriptor, whatever happens.
  package static func temporary() throws(Failure) -> OpenFile {
    let directory = try Directory<Failure>.openTemporary()
    let name = Directory<Failure>.temporaryName("agent-mesh-")
    let file = try directory.create(name)
    try directory.removeFile(name)
    return file
  }

  package var descriptor: FileDescriptor { FileDescriptor(rawValue: handle.number) }

  package func status() throws(Failure) -> FileStatus {
    var raw = stat()
    try call(.inspect) { fstat(handle.number, &raw) }
    return FileStatus(raw)
  }

  /// The number of bytes read, which is 0 only at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    try call(.read) { systemRead(handle.number, buffer.baseAddress, buffer.count) }
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    try call(.read) { pread(handle.number, buffer.baseAddress, buffer.count, off_t(offset)) }
  }

  /// Up to `count` bytes from `offset`; fewer only at the end.
  package func bytes(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let result = bytes.withUnsafeMutableBytes { all in
        let rest = UnsafeMutableRawBufferPointer(rebasing: all[filled...])
        return systemCall { pread(handle.number, rest.baseAddress, rest.count, off_t(offset + filled)) }
      }
      switch result {
      case .success(0): return Array(bytes[..<filled])
      case .success(let read): filled += read
      case .failure(let errno): throw Failure(FileError(.read, path, errno))
      }
    }
    return bytes
  }

  /// The whole content, as long as it is now; nil when it has more than `limit` bytes.
  package func bytes(limit: Int) throws(Failure) -> [UInt8]? {
    let size = try status().size
    return size <= limit ? try bytes(at: 0, count: size) : nil
  }

  /// The first `count` bytes, or all when there are fewer.
  package func prefix(_ count: Int) throws(Failure) -> [UInt8] {
    try bytes(at: 0, count: min(count, status().size))
  }

  /// Lends the content in order, a piece at a time.
  package func forEachPiece(_ body: (ArraySlice<UInt8>) throws(Failure) -> Void) throws(Failure) {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 0
    while true {
      let result = buffer.withUnsafeMutableBytes { all in
        systemCall { pread(handle.number, all.baseAddress, all.count, off_t(offset)) }
      }
      switch result {
      case .success(0): return
      case .success(let count):
        try body(buffer[..<count])
        offset += count
      case .failure(let errno): throw Failure(FileError(.read, path, errno))
      }
    }
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      written += try call(.write) { systemWrite(handle.number, rest.baseAddress, rest.count) }
    }
  }

  package func write(_ bytes: some Collection<UInt8>) throws(Failure) {
    let result = ContiguousArray(bytes).withUnsafeBytes { bytes in
      do throws(Failure) { return Result<Void, Failure>.success(try write(bytes)) } catch { return .failure(error) }
    }
    try result.get()
  }

  /// Writes from `offset` on, in the place of what is there.
  package func write(_ bytes: [UInt8], at offset: Int) throws(Failure) {
    let number = handle.number
    var written = 0
    while written < bytes.count {
      let (rest, place) = (bytes[written...], off_t(offset + written))
      written += try call(.write) { rest.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, place) } }
    }
  }

  /// Sets exactly `mode`, whatever the umask of the process.
  package func setMode(_ mode: PermissionBits) throws(Failure) {
    // Looking is many times cheaper than changing what is right already.
    if try status().mode == mode { return }
    try call(.setMode) { fchmod(handle.number, mode) }
  }

  /// Makes now the time of its last change; where that is not possible it merely seems older.
  package func touch() { _ = futimens(handle.number, nil) }

  package func sync() throws(Failure) { try call(.sync) { fsync(handle.number) } }

  /// Closes now and reports what a delayed write may still bring up.
  package consuming func close() throws(Failure) {
    let path = path
    if let errno = handle.close() { throw Failure(FileError(.close, path, errno)) }
  }

  @discardableResult
  private func call<Value: SignedInteger>(
    _ operation: FileError.Operation, _ body: () -> Value
  ) throws(Failure) -> Value {
    switch systemCall(body) {
    case .success(let value): return value
    case .failure(let errno): throw Failure(FileError(operation, path, errno))
    }
  }
}

private func systemRead(_ descriptor: Int32, _ base: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, base, count)
}

private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, base, count)
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is being sent.
struct UploadFile: ~Copyable {
  private let descriptor: Int32
  private let path: String

  private init(adopting descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { _ = close(descriptor) }

  static func open(_ path: String, size: Int) throws(TransportError) -> UploadFile {
    let descriptor = openForReading(path)
    guard descriptor >= 0 else { throw TransportError(.file(errno), at: path) }
    let file = UploadFile(adopting: descriptor, path: path)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw TransportError(.file(errno), at: path) }
    guard Int(status.st_size) == size else { throw changed(path) }
    return file
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(TransportError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      guard errno == EINTR else { throw TransportError(.file(errno), at: path) }
    }
  }

  static func changed(_ path: String) -> TransportError {
    TransportError(.file(EIO), at: path, detail: "its size changed while it was being sent")
  }
}

private func openForReading(_ path: String) -> Int32 {
  open(path, O_RDONLY | O_CLOEXEC)
}

import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The file that takes a download, with everyone who watches it grow.
///
/// Who opens it closes it, after the transfer has ended.
final class DownloadFile: ResponseSink {
  private let plan: DownloadPlan
  private let url: HTTPURL
  private let descriptor: Int32
  private let written = Mutex(0)

  private init(adopting descriptor: Int32, _ plan: DownloadPlan, from url: HTTPURL) {
    self.descriptor = descriptor
    self.plan = plan
    self.url = url
  }

  static func open(_ plan: DownloadPlan, from url: HTTPURL) throws(TransportError) -> DownloadFile {
    switch plan.target {
    case .descriptor(let descriptor):
      return DownloadFile(adopting: descriptor, plan, from: url)
    case .newFile(let path):
      let descriptor = create(path)
      guard descriptor >= 0 else { throw TransportError(.file(errno), at: path) }
      return DownloadFile(adopting: descriptor, plan, from: url)
    }
  }

  /// Bytes written.
  var byteCount: Int { written.withLock { $0 } }

  /// Closes a file of ours; removes it unless it is kept.
  func close(keeping isKept: Bool) throws(TransportError) {
    guard case .newFile(let path) = plan.target else { return }
    let status = closeDescriptor(descriptor)
    let reason = errno
    if status != 0 || !isKept { _ = unlink(path) }
    // The disk may report only now that it did not take everything.
    if status != 0, isKept { throw TransportError(.file(reason), at: path) }
  }

  func accepts(_ head: ResponseHead) -> Bool { head.isSuccess }

  func receive(_ bytes: UnsafeRawBufferPointer) throws(TransportError) -> SinkVerdict {
    guard byteCount + bytes.count <= plan.limit else {
      throw TransportError(.tooLarge, at: "\(url)", detail: "at most \(plan.limit) bytes")
    }
    try write(bytes)
    plan.observe(bytes)
    written.withLock { $0 += bytes.count }
    plan.report(byteCount)
    return .taken
  }

  func finish(_ error: TransportError?) {}

  private func write(_ bytes: UnsafeRawBufferPointer) throws(TransportError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = writeBytes(descriptor, UnsafeRawBufferPointer(rebasing: rest))
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw TransportError(.file(errno), at: target)
      }
    }
  }

  private var target: String {
    switch plan.target {
    case .newFile(let path): path
    case .descriptor: "the file for \(url)"
    }
  }
}

// Functions of the system whose names are methods of the type, too.
private func create(_ path: String) -> Int32 {
  open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

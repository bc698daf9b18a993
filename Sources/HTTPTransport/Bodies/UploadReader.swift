/// Reads a body part by part, a file never whole, and can begin again when a connection is replaced.
struct UploadReader: ~Copyable {
  private let parts: [HTTPBody.Part]
  private var index = 0
  /// Bytes of the current part that have been read.
  private var offset = 0
  private var file: UploadFile?

  init(_ body: HTTPBody) {
    parts = body.parts
  }

  /// The number of bytes read, 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(TransportError) -> Int {
    while index < parts.count {
      let wanted = min(buffer.count, parts[index].size - offset)
      if wanted > 0 {
        let count = try read(parts[index], into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
        offset += count
        return count
      }
      advance()
    }
    return 0
  }

  /// Continues at `position`, in bytes from the start of the body.
  mutating func seek(to position: Int) throws(TransportError) {
    file = nil
    index = 0
    offset = position
    while index < parts.count, offset >= parts[index].size {
      offset -= parts[index].size
      index += 1
    }
  }

  private mutating func advance() {
    file = nil
    index += 1
    offset = 0
  }

  private mutating func read(
    _ part: HTTPBody.Part, into buffer: UnsafeMutableRawBufferPointer
  ) throws(TransportError) -> Int {
    switch part {
    case .bytes(let bytes):
      buffer.copyBytes(from: bytes[offset..<offset + buffer.count])
      return buffer.count
    case .file(let path, let size):
      if file == nil { file = try UploadFile.open(path, size: size) }
      let count = try file?.read(into: buffer, at: offset) ?? 0
      guard count > 0 else { throw UploadFile.changed(path) }
      return count
    }
  }
}

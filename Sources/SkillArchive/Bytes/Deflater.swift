import CZlib

/// A raw deflate stream on its way into an array, always with the same settings.
package struct Deflater: ~Copyable {
  /// The one level that archives are written with: bytes must not depend on who packs.
  package static let level: Int32 = 6
  /// The zlib that compresses: archives are canonical by their tar bytes, and another zlib may compress otherwise.
  package static var library: String { String(cString: zlibVersion()) }

  private let stream: UnsafeMutablePointer<z_stream>
  private let buffer = Buffer(count: 64 << 10)

  private init(adopting stream: UnsafeMutablePointer<z_stream>) {
    self.stream = stream
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  package static func open() throws(ArchiveError) -> Deflater {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let deflater = Deflater(adopting: stream)
    guard agentmesh_deflate_init(stream, level) == Z_OK else { throw .library("zlib cannot start to compress") }
    return deflater
  }

  package func write(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(ArchiveError) {
    if input.isEmpty { return }
    try run(input, Z_NO_FLUSH, to: &output)
  }

  /// Ends this stream and makes ready for another one.
  package func finish(to output: inout [UInt8]) throws(ArchiveError) {
    try run(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH, to: &output)
    guard deflateReset(stream) == Z_OK else { throw .library("zlib cannot start to compress again") }
  }

  private func run(
    _ input: UnsafeRawBufferPointer, _ flush: Int32, to output: inout [UInt8]
  ) throws(ArchiveError) {
    let start = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
    stream.pointee.avail_in = UInt32(input.count)
    repeat {
      stream.pointee.next_out = buffer.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(buffer.bytes.count)
      let status = deflate(stream, flush)
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw .library("zlib cannot compress (status \(status))")
      }
      output.append(contentsOf: buffer.prefix(buffer.bytes.count - Int(stream.pointee.avail_out)))
    } while stream.pointee.avail_out == 0
  }
}

import CZlib

/// A raw deflate stream on its way out of zlib.
struct Inflater: ~Copyable {
  /// What one call took, gave, and whether the stream has come to its own end.
  struct Step {
    var consumed: Int
    var produced: Int
    var isFinished: Bool
  }

  private let stream: UnsafeMutablePointer<z_stream>

  private init(adopting stream: UnsafeMutablePointer<z_stream>) {
    self.stream = stream
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  static func open() throws(ArchiveError) -> Inflater {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let inflater = Inflater(adopting: stream)
    guard agentmesh_inflate_init(stream) == Z_OK else { throw .library("zlib cannot start to decompress") }
    return inflater
  }

  /// - Throws: `corrupt-data` when the input is not deflate.
  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(ArchiveError) -> Step {
    let start = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let status = inflate(stream, Z_NO_FLUSH)
    let consumed = input.count - Int(stream.pointee.avail_in)
    let produced = output.count - Int(stream.pointee.avail_out)
    switch status {
    case Z_OK, Z_BUF_ERROR: return Step(consumed: consumed, produced: produced, isFinished: false)
    case Z_STREAM_END: return Step(consumed: consumed, produced: produced, isFinished: true)
    case Z_MEM_ERROR: throw .library("zlib has no memory to decompress")
    default: throw .refused(.corruptData, "the compressed data is damaged")
    }
  }
}

/// A block of memory of a fixed size, freed with its owner.
struct Buffer: ~Copyable {
  static let chunkSize = 128 << 10

  let bytes: UnsafeMutableRawBufferPointer

  init(count: Int = chunkSize) {
    bytes = .allocate(byteCount: count, alignment: 16)
  }

  deinit { bytes.deallocate() }

  func prefix(_ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes.prefix(count))
  }
}

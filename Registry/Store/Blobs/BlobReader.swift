import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads a blob and knows, at its end, whether it still is what was stored.
package struct BlobReader: ~Copyable {
  private let descriptor: FileDescriptor
  private let path: FilePath
  private let digest: Digest
  /// Bytes of the whole blob.
  package let size: Int
  /// Tells the file as it is from the same file after anybody has written to it.
  package let stamp: BlobStamp

  private init(adopting descriptor: FileDescriptor, path: FilePath, digest: Digest) {
    self.descriptor = descriptor
    self.path = path
    self.digest = digest
    var information = stat()
    size = fstat(descriptor.rawValue, &information) == 0 ? Int(information.st_size) : 0
    stamp = BlobStamp(information)
  }

  static func open(_ path: FilePath, digest: Digest) throws(StoreFailure) -> BlobReader {
    BlobReader(adopting: try Disk.open(path, .readOnly), path: path, digest: digest)
  }

  deinit {
    try? descriptor.close()
  }

  /// Up to `count` bytes from `offset`; fewer only at the end.
  package func read(at offset: Int, count: Int) throws(StoreFailure) -> [UInt8] {
    do {
      return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
          let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
          let read = try descriptor.read(fromAbsoluteOffset: Int64(offset + filled), into: rest)
          if read == 0 { break }
          filled += read
        }
      }
    } catch {
      throw Disk.failure("cannot read '\(path)'", error)
    }
  }

  /// The whole blob, checked.
  ///
  /// - Throws: `.corrupt` when the bytes are not those that were stored.
  package func readAll() throws(StoreFailure) -> [UInt8] {
    let bytes = try read(at: 0, count: size)
    guard Digest(of: bytes) == digest else { throw .corrupt("blob \(digest)") }
    return bytes
  }

  /// Reads the whole blob in chunks and says whether it is intact.
  package func isIntact() throws(StoreFailure) -> Bool {
    var hasher = Digest.Hasher()
    for offset in stride(from: 0, to: size, by: Self.chunk) {
      hasher.update(try read(at: offset, count: min(Self.chunk, size - offset)))
    }
    return hasher.finalize() == digest
  }

  private static let chunk = 256 << 10
}

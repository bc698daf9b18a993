import FileSystem
import Skills
import SystemPackage

/// Reads a blob and knows, at its end, whether it still is what was stored.
package struct BlobReader: ~Copyable {
  private let file: OpenFile<StoreFailure>
  private let digest: Digest
  /// Bytes of the whole blob.
  package let size: Int
  /// Tells the file as it is from the same file after anybody has written to it.
  package let stamp: BlobStamp

  static func open(_ path: FilePath, digest: Digest) throws(StoreFailure) -> BlobReader {
    let file = try OpenFile<StoreFailure>.open(path)
    let status = try file.status()
    return BlobReader(file: file, digest: digest, size: status.size, stamp: BlobStamp(status))
  }

  /// Up to `count` bytes from `offset`; fewer only at the end.
  package func read(at offset: Int, count: Int) throws(StoreFailure) -> [UInt8] {
    try file.bytes(at: offset, count: count)
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
    try file.forEachPiece { piece throws(StoreFailure) in hasher.update(piece) }
    return hasher.finalize() == digest
  }
}

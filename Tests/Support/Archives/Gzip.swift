import SkillArchive

/// A gzip file by hand, right or wrong.
package struct Gzip {
  package var header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  package var body: [UInt8]
  package var checksum: UInt32
  package var length: UInt32

  package init(_ content: [UInt8]) {
    body = deflated(content)
    checksum = crc32(content)
    length = UInt32(truncatingIfNeeded: content.count)
  }

  package var encoded: [UInt8] { header + body + little(checksum, 4) + little(length, 4) }
}

/// Raw deflate data.
package func deflated(_ content: [UInt8]) -> [UInt8] {
  var output: [UInt8] = []
  do {
    let deflater = try Deflater.open()
    var failure: (any Error)?
    content.withUnsafeBytes { bytes in
      do { try deflater.write(bytes, to: &output) } catch { failure = error }
    }
    if let failure { throw failure }
    try deflater.finish(to: &output)
  } catch {
    preconditionFailure("zlib failed in a test: \(error)")
  }
  return output
}

package func crc32(_ content: [UInt8]) -> UInt32 {
  var crc = CRC32()
  content.withUnsafeBytes { crc.update($0) }
  return crc.value
}

package func little(_ value: some BinaryInteger, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

import Crypto

/// A SHA-256 digest, written `sha256:` and 64 lower-case hexadecimal digits.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 32

  /// Always 32 bytes.
  package let bytes: [UInt8]

  /// The digest of `content`.
  package init(of content: some Sequence<UInt8>) {
    var hasher = Hasher()
    hasher.update(Array(content))
    self = hasher.finalize()
  }

  /// Reads `sha256:<64 hex>`, or the bare 64 digits; nil for anything else.
  package init?(_ text: String) {
    let digits = text.hasPrefix("sha256:") ? Substring(text.dropFirst(7)) : Substring(text)
    guard let bytes = Hexadecimal.bytes(of: digits), bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Adopts 32 bytes; nil for any other number of them.
  package init?(raw bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  fileprivate init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The 64 digits alone.
  package var hexadecimal: String { Hexadecimal.text(of: bytes) }

  package var description: String { "sha256:" + hexadecimal }

  /// Takes bytes as they pass by and ends in their digest.
  package struct Hasher: Sendable {
    private var state = SHA256()

    package init() {}

    package mutating func update(_ buffer: UnsafeRawBufferPointer) {
      state.update(bufferPointer: buffer)
    }

    package mutating func update(_ bytes: some Collection<UInt8>) {
      let fast: Void? = bytes.withContiguousStorageIfAvailable { state.update(bufferPointer: .init($0)) }
      if fast == nil { Array(bytes).withUnsafeBytes { state.update(bufferPointer: $0) } }
    }

    package func finalize() -> Digest {
      Digest(bytes: Array(state.finalize()))
    }
  }
}

extension Digest: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a sha256 digest")
    }
    self = digest
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Random bytes for secrets, from the system's generator.
package enum Randomness {
  package static func bytes(_ count: Int) -> [UInt8] {
    SymmetricKey(size: .init(bitCount: count * 8)).withUnsafeBytes(Array.init)
  }
}

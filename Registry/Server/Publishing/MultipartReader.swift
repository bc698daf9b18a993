import Skills

/// Reads `multipart/form-data` (RFC 7578) as it arrives: a part's head, then its bytes in chunks, then the next part.
///
/// `Chunks` delivers the raw body. Nothing is kept but the chunk at hand and the delimiter's length of bytes.
struct MultipartReader<Chunks: AsyncIteratorProtocol> where Chunks.Element == ArraySlice<UInt8> {
  struct Head: Equatable {
    var name: String
    var filename: String?
  }

  private static var headLimit: Int { 8 << 10 }

  private var chunks: Chunks
  private let delimiter: [UInt8]
  private var buffer: ArraySlice<UInt8>
  private var isAtEnd = false
  private var isAtStart = true

  /// - Parameter boundary: As the `Content-Type` names it, without dashes.
  init(_ chunks: Chunks, boundary: String) {
    self.chunks = chunks
    delimiter = Array("\r\n--\(boundary)".utf8)
    // The first delimiter has no line before it; this makes it look like the others.
    buffer = Array("\r\n".utf8)[...]
  }

  /// The next part's head, or nil after the last part.
  ///
  /// Every byte of the part before must have been read.
  mutating func nextPart() async throws -> Head? {
    if isAtEnd { return nil }
    try await skipPreamble()
    guard try await take(delimiter) else { throw Self.malformed("a boundary is missing") }
    if try await take(Array("--".utf8)) {
      isAtEnd = true
      return nil
    }
    guard try await take(Array("\r\n".utf8)) else { throw Self.malformed("a boundary is not a line of its own") }
    return try await readHead()
  }

  /// The next bytes of the current part, or nil at its end.
  mutating func nextChunk() async throws -> ArraySlice<UInt8>? {
    while true {
      if let start = firstPossibleDelimiter() {
        if start > buffer.startIndex { return takePrefix(upTo: start) }
        try await fill(atLeast: delimiter.count)
        if buffer.starts(with: delimiter) { return nil }
        guard buffer.count >= delimiter.count else { throw Self.malformed("it ends in the middle of a part") }
        return takePrefix(upTo: buffer.index(after: buffer.startIndex))
      }
      if !buffer.isEmpty { return takePrefix(upTo: buffer.endIndex) }
      guard try await fillMore() else { throw Self.malformed("it ends in the middle of a part") }
    }
  }

  /// The rest of the current part, at most `limit` bytes, for which `room` grows.
  mutating func collect(limit: Int, in room: ByteBudget.Reservation) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try await nextChunk() {
      guard bytes.count + chunk.count <= limit else {
        throw MeshError(.payloadTooLarge, "a field of the form is larger than \(limit) bytes")
      }
      try room.grow(by: chunk.count)
      bytes += chunk
    }
    return bytes
  }

  /// Reads what follows the last part, which means nothing, and gives the source back.
  mutating func drained() async throws -> Chunks {
    while try await chunks.next() != nil {}
    return chunks
  }

  /// What stands before the first delimiter means nothing (RFC 2046, section 5.1.1) and is hardly ever there.
  private mutating func skipPreamble() async throws {
    guard isAtStart else { return }
    isAtStart = false
    var skipped = 0
    while let chunk = try await nextChunk() {
      skipped += chunk.count
      guard skipped <= 1_024 else { throw Self.malformed("a boundary is missing") }
    }
  }

  /// Where the delimiter stands, or might begin, in what is at hand.
  private func firstPossibleDelimiter() -> Int? {
    var search = buffer
    while let start = search.firstIndex(of: delimiter[0]) {
      let candidate = buffer[start...].prefix(delimiter.count)
      if delimiter.starts(with: candidate) { return start }
      search = buffer[(start + 1)...]
    }
    return nil
  }

  private mutating func takePrefix(upTo end: Int) -> ArraySlice<UInt8> {
    let prefix = buffer[..<end]
    buffer = buffer[end...]
    return prefix
  }

  private mutating func take(_ expected: [UInt8]) async throws -> Bool {
    try await fill(atLeast: expected.count)
    guard buffer.starts(with: expected) else { return false }
    buffer = buffer.dropFirst(expected.count)
    return true
  }

  private mutating func readHead() async throws -> Head {
    let end = Array("\r\n\r\n".utf8)
    var lines: [UInt8] = []
    while !lines.suffix(4).elementsEqual(end) {
      if buffer.isEmpty { try await fill(atLeast: 1) }
      guard let byte = buffer.popFirst(), lines.count < Self.headLimit else {
        throw Self.malformed("the head of a part is not complete")
      }
      lines.append(byte)
    }
    return try Self.parseHead(String(decoding: lines, as: UTF8.self))
  }

  private mutating func fill(atLeast count: Int) async throws {
    while buffer.count < count, try await fillMore() {}
  }

  private mutating func fillMore() async throws -> Bool {
    guard let chunk = try await chunks.next() else { return false }
    buffer = buffer.isEmpty ? chunk : ArraySlice(Array(buffer) + chunk)
    return true
  }

  private static func parseHead(_ text: String) throws -> Head {
    for line in text.split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-disposition" else { continue }
      let parameters = HeaderParameters(String(parts[1]))
      guard parameters.value == "form-data", let name = parameters["name"] else { break }
      return Head(name: name, filename: parameters["filename"])
    }
    throw malformed("a part has no name")
  }

  static func malformed(_ reason: String) -> MeshError {
    MeshError(.invalidRequest, "the form in the request body is malformed: \(reason)")
  }
}

/// What texts take in a frame, where a byte may become six.
extension String {
  /// Bytes of the text in JSON, without the quotes around it.
  var jsonBytes: Int { unicodeScalars.reduce(0) { $0 + $1.jsonBytes } }

  /// Pieces of at most so many bytes in JSON, cut between Unicode scalars; none of nothing.
  package func parts(ofAtMost bytes: Int) -> [Substring] {
    var parts: [Substring] = []
    var (start, count) = (startIndex, 0)
    for index in unicodeScalars.indices {
      let size = unicodeScalars[index].jsonBytes
      if count + size > bytes, index > start {
        parts.append(self[start..<index])
        (start, count) = (index, 0)
      }
      count += size
    }
    if start < endIndex { parts.append(self[start...]) }
    return parts
  }
}

extension Unicode.Scalar {
  /// Most control characters are written as `\u001b`.
  fileprivate var jsonBytes: Int {
    switch value {
    case 0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x22, 0x5C: 2
    case ..<0x20: 6
    default: UTF8.width(self)
    }
  }
}

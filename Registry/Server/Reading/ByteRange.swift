/// The `Range` header (RFC 9110, section 14.2) as far as it pays: one range of bytes.
///
/// Anything else means the whole.
enum ByteRange: Equatable {
  case whole
  case part(Range<Int>)
  case unsatisfiable

  init(header: String?, size: Int) {
    guard let header, header.hasPrefix("bytes="), !header.contains(","),
      case let bounds = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false), bounds.count == 2
    else {
      self = .whole
      return
    }
    switch (Self.number(bounds[0]), Self.number(bounds[1])) {
    case (.some(let first), .some(let last)) where first <= last:
      self = first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
    case (.some(let first), nil) where bounds[1].isEmpty:
      self = first < size ? .part(first..<size) : .unsatisfiable
    case (nil, .some(let length)) where bounds[0].isEmpty:
      self = length > 0 && size > 0 ? .part(max(0, size - length)..<size) : .unsatisfiable
    default: self = .whole
    }
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    return Int(text)
  }
}

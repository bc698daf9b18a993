import HTTPTypes
import Hummingbird

/// Entity tags and the conditions that name them (RFC 9110, sections 8.8.3 and 13.1.2).
enum EntityTag {
  /// Whether `If-None-Match` names `tag` (weak comparison).
  static func isKnown(_ tag: String, to request: Request) -> Bool {
    guard let header = request.headers[.ifNoneMatch] else { return false }
    if header == tag || header == "*" { return true }
    return header.split(separator: ",").contains { isSame($0, tag) }
  }

  /// Whether `item`, strong or weak, is the tag `tag`.
  static func isSame(_ item: some StringProtocol, _ tag: String) -> Bool {
    let trimmed = item.drop { $0 == " " }
    let strong = trimmed.hasPrefix("W/") ? trimmed.dropFirst(2) : trimmed
    return strong.prefix { $0 != " " } == tag
  }
}

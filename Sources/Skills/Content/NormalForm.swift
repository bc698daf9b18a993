import CUTF8Proc

/// Text in the normal forms of Unicode (UAX #15).
package enum NormalForm {
  /// Form C: letters with their marks as single characters, where there are such.
  package static func composed(_ text: String) -> String { mapped(text, [UTF8PROC_STABLE, UTF8PROC_COMPOSE]) }

  /// Form KC: form C, with one character for all that differ in look alone.
  package static func compatible(_ text: String) -> String {
    mapped(text, [UTF8PROC_STABLE, UTF8PROC_COMPOSE, UTF8PROC_COMPAT])
  }

  private static func mapped(_ text: String, _ options: [utf8proc_option_t]) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    let options = utf8proc_option_t(rawValue: options.reduce(0) { $0 | $1.rawValue })
    var text = text
    return text.withUTF8 { bytes in
      // No character becomes more than 18 (U+FDFA), and the shortest that becomes several has two bytes. One more code
      // point than is needed, because the library ends its text with a NUL.
      var points = [utf8proc_int32_t](repeating: 0, count: 9 * bytes.count + 1)
      let count = utf8proc_decompose(bytes.baseAddress, bytes.count, &points, points.count - 1, options)
      // A Swift string is UTF-8 and the room suffices: the library has nothing else to refuse.
      guard count >= 0 else { return String(decoding: bytes, as: UTF8.self) }
      let size = utf8proc_reencode(&points, count, options)
      return points.withUnsafeBytes { String(decoding: $0.prefix(max(size, 0)), as: UTF8.self) }
    }
  }
}

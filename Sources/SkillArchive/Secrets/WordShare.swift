import Skills

/// How much of a value a person wrote as words, in any case and with any sign between them.
enum WordShare {
  /// The pairs of letters that make up four fifths of English text, most of them common in its neighbours, too.
  ///
  /// Of letters drawn at random about one pair in four is among them.
  private static let pairs: Set<UInt16> = {
    let text = """
      th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld \
      ur ro ri io ic ne ma co ch ll be ac om us el la no me so ec ce di na li ee ge pr ss tr em pe ho ol wo ul ts lo ke \
      ey un ut ir wh ad ay ag ai am ap ba bi bo ck ct cr do ex ef fi fo ga gh gr id ie if ig il im ip ki ly mo mp nc ns \
      ny od oo op ot ow pa pl po ru rs rt sh sp su ta tu up ub va vi we wr xp yo ys ui ue ua tt ab bl nu
      """
    return Set(text.split(separator: " ").map { pair in pair.utf8.reduce(0) { $0 << 8 | UInt16($1) } })
  }()

  /// Letters in words of at least three letters, of all letters and digits: 0 to 1.
  ///
  /// - Parameter likeness: So many of the pairs of a word are common.
  static func of(_ value: ArraySlice<UInt8>, likeness: Double = 0.6) -> Double {
    let total = value.count { $0.isLetter || $0.isDigit }
    guard total > 0 else { return 0 }
    let words = words(in: value).filter { $0.count >= 3 && isWord($0, likeness: likeness) }
    return Double(words.reduce(0) { $0 + $1.count }) / Double(total)
  }

  /// Runs of letters, cut where a capital begins: `RSAPrivateKey` is RSA, Private and Key.
  private static func words(in value: ArraySlice<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var isUpper = false
    for byte in value {
      guard byte.isLetter else {
        words.append(word)
        word = []
        continue
      }
      let startsUpper = byte & 0x20 == 0
      if startsUpper, !isUpper, !word.isEmpty {
        words.append(word)
        word = []
      } else if !startsUpper, isUpper, word.count > 1 {
        // The last capital before small letters begins their word.
        let first = word.removeLast()
        words.append(word)
        word = [first]
      }
      word.append(byte | 0x20)
      isUpper = startsUpper
    }
    return words + [word]
  }

  private static func isWord(_ word: [UInt8], likeness: Double) -> Bool {
    let known = zip(word, word.dropFirst()).count { pairs.contains(UInt16($0) << 8 | UInt16($1)) }
    return Double(known) >= likeness * Double(word.count - 1)
  }
}

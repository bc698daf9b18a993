/// Words that a risk cannot be without: where they do not stand together in a command, no rule is tried.
///
/// One bit stands for a set of words, any of which will do.
struct RiskClues: OptionSet, Hashable, Sendable {
  let rawValue: UInt64

  static let download = clue(0)
  static let pipe = clue(1)
  static let shell = clue(2)
  static let interpreter = clue(3)
  static let processSubstitution = clue(4)
  static let substitution = clue(5)
  static let evaluation = clue(6)
  static let windowsDownload = clue(7)
  static let windowsEvaluation = clue(8)
  static let decoder = clue(9)
  static let codeDecoder = clue(10)
  static let codeEvaluation = clue(11)
  static let powershell = clue(12)
  static let address = clue(13)
  static let unzip = clue(14)
  static let archiver = clue(15)
  static let passwordOption = clue(16)
  static let password = clue(17)
  static let archive = clue(18)
  static let attributes = clue(19)
  static let quarantine = clue(20)
  static let gatekeeper = clue(21)
  static let disabling = clue(22)
  static let upload = clue(23)
  static let credentials = clue(24)
  static let netcat = clue(25)
  static let shellOption = clue(26)
  static let device = clue(27)
  static let encodedOption = clue(28)
  static let tags = clue(29)
  static let reordering = clue(30)

  private static func clue(_ bit: UInt64) -> RiskClues { RiskClues(rawValue: 1 << bit) }

  /// The words of each clue, in lower case.
  private static let words: [(RiskClues, [String])] = [
    (.download, ["curl", "wget"]), (.pipe, ["|"]), (.shell, ["sh"]),
    (.interpreter, ["python", "perl", "ruby", "node", "osascript"]), (.processSubstitution, ["<("]),
    (.substitution, ["$(", "`"]), (.evaluation, ["sh", "eval"]),
    (.windowsDownload, ["iwr", "irm", "invoke-webrequest", "invoke-restmethod", "downloadstring"]),
    (.windowsEvaluation, ["iex", "invoke-expression"]), (.decoder, ["base64", "xxd"]),
    (.codeDecoder, ["atob", "b64decode"]), (.codeEvaluation, ["exec", "eval"]), (.powershell, ["powershell", "pwsh"]),
    (.address, (0...9).map { "://\($0)" }), (.unzip, ["unzip"]), (.archiver, ["7z", "rar"]), (.passwordOption, ["-p"]),
    (.password, ["pass"]), (.archive, ["zip", "rar", "7z", "archive"]), (.attributes, ["xattr"]),
    (.quarantine, ["com.apple.quarantine"]), (.gatekeeper, ["spctl"]), (.disabling, ["-disable"]),
    (.upload, ["curl", "wget"] + netcats),
    (.credentials, [".ssh/id_", ".aws/credentials", ".netrc", ".npmrc", ".git-credentials", ".gnupg/", ".env"]),
    (.netcat, netcats), (.shellOption, ["-e", "-c"]), (.device, ["/dev/tcp/"]), (.encodedOption, ["-e"]),
  ]

  /// With the blank behind it, which a backslash at the end of a line stands for, too.
  private static let netcats = ["nc ", "ncat ", "nc\\", "ncat\\"]

  /// The bytes of characters that hide or reorder text.
  private static let characters: [(RiskClues, [UInt8])] =
    [(.tags, [0xF3, 0xA0, 0x80]), (.tags, [0xF3, 0xA0, 0x81])]
    + (0xAA...0xAE).map { (.reordering, [0xE2, 0x80, $0]) } + (0xA6...0xA9).map { (.reordering, [0xE2, 0x81, $0]) }
    // The sign of the kelvin is a K to whoever ignores case: where it stands, every rule is tried.
    + [(RiskClues(rawValue: .max), [0xE2, 0x84, 0xAA])]

  /// Finds all of them.
  static let automaton = WordAutomaton(
    words.flatMap { clue, words in words.map { (Array($0.utf8), clue.rawValue) } }
      + characters.map { ($0.1, $0.0.rawValue) })

  /// The clues in a text, wherever they stand.
  static func all(in text: String) -> RiskClues {
    var text = text
    return text.withUTF8 { bytes in
      var state = WordAutomaton.State()
      for byte in bytes { automaton.step(&state, byte) }
      return RiskClues(rawValue: state.seen)
    }
  }
}

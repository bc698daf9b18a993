import RegistryStore
import Testing

@Suite struct SearchMatchTests {
  private static let texts: [(query: String, text: String, words: [String])] = [
    ("code rev", "Reviews Code", ["Reviews", "Code"]), ("code rev", "encode review-code", ["review", "code"]),
    ("cod rev", "Code reviews", ["reviews"]), ("cafe", "A café, Cafés", ["café", "Cafés"]),
    ("", "anything", []), ("!?", "a!?", []), ("x", "", []), ("rev", "pre-rev", ["rev"]),
    ("<b>", "<b>bold</b>", ["b", "bold", "b"]), ("日本", "日本語 日本", ["日本語", "日本"]),
    ("a", "A\u{301}b\r\na", ["A\u{301}b", "a"]),
  ]

  @Test(arguments: texts)
  func `the words of a query are found in a text, the last one as a beginning`(
    query: String, text: String, words: [String]
  ) {
    #expect(SearchQuery(query).matches(in: text).map { String(text[$0]) } == words)
  }
}

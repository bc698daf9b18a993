extension HostileMarkdown {
  /// Texts with NUL bytes, which no skill that is published has.
  package static let nul: [HostileMarkdown] = [
    .init("\u{0}<script>alert(1)</script>", shows: "&lt;script&gt;"),
    "<scr\u{0}ipt>alert(1)</scr\u{0}ipt>",
    .init("[press](java\u{0}script:alert(1))", shows: "press"),
    "<img\u{0}src=x onerror=alert(1)>",
  ]
}

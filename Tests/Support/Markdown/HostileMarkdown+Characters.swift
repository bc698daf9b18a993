extension HostileMarkdown {
  /// Characters that hide, reverse or cut what is around them.
  package static let characters: [HostileMarkdown] = [
    .init("\u{202E})1(trela:tpircsavaj\u{202C} [press](https://example.org/)", shows: "press"),
    "[\u{202E}gro.elpmaxe//:sptth\u{202C}](https://elsewhere.example/)",
    .init("\u{2066}<script>\u{2069}alert(1)</script>", shows: "&lt;script&gt;"),
    .init("[press](java\u{200B}script:alert(1))", shows: "press"),
    .init("[press](\u{FEFF}javascript:alert(1))", shows: "press"),
    .init("\u{2028}<script>alert(1)</script>\u{2029}", shows: "&lt;script&gt;"),
    "<\u{338}script>alert(1)</script>",
    "\"\u{301} onclick=alert(1)",
    "\u{FF1C}script\u{FF1E}alert(1)\u{FF1C}/script\u{FF1E}",
    "\u{BC}script\u{BE}alert(1)\u{BC}/script\u{BE}",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    .init("&#0;<script>alert(1)</script>", shows: "&lt;script&gt;"),
    "&#xD800;&#x110000;&#99999999;<b onclick=alert(1)>",
    .init("[press](&#0;javascript:alert(1))", shows: "press"),
    "\u{1B}]8;;https://elsewhere.example\u{1B}\\press\u{1B}]8;;\u{1B}\\",
    "<scr\u{1}ipt>alert(1)</scr\u{1}ipt>",
    "<script\u{C}>alert(1)</script\u{C}>",
    "[press](java\u{B}script:alert(1))",
  ]
}

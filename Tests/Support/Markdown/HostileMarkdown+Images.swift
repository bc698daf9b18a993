extension HostileMarkdown {
  /// Images: none is loaded, and their texts stay texts.
  package static let images: [HostileMarkdown] = [
    .init("![seen](https://elsewhere.example/i.png)", shows: "seen"),
    .init("![seen](//elsewhere.example/i.png)", shows: "seen"),
    .init("![seen](javascript:alert(1))", shows: "seen"),
    "![seen](data:image/svg+xml,<svg/onload=alert(1)>)",
    .init("![seen](data:image/png;base64,iVBORw0KGgo=)", shows: "seen"),
    .init(#"![seen](x "onerror=alert(1)")"#, shows: "seen"),
    #"![" onerror="alert(1)](x)"#,
    "![<img src=x onerror=alert(1)>](x)",
    .init("![*seen* [press](javascript:alert(1))](https://elsewhere.example/i.png)", shows: "seen"),
    .init("![![seen](https://elsewhere.example/a.png)](https://elsewhere.example/b.png)", shows: "seen"),
    .init("![seen][five]\n\n[five]: https://elsewhere.example/i.png", shows: "seen"),
    "![][six]\n\n[six]: https://elsewhere.example/i.png 'title'",
  ]
}

extension HostileMarkdown {
  /// Blocks: fences, tables, lists and footnotes as a cover.
  package static let blocks: [HostileMarkdown] = [
    "```\"><script>alert(1)</script>\nx\n```",
    "``` sh\" onclick=\"alert(1)\nx\n```",
    "~~~ <img/src/onerror=alert(1)>\nx\n~~~",
    .init("```html\n<script>alert(1)</script>\n```", shows: "&lt;script&gt;"),
    .init("    <script>alert(1)</script>", shows: "&lt;script&gt;"),
    .init("| <script>alert(1)</script> |\n| - |\n| <img src=x onerror=alert(1)> |", shows: "<table>"),
    .init("| a |\n| :-: |\n| [press](javascript:alert(1)) ![s](https://elsewhere.example/i) |", shows: "<table>"),
    .init("| a |\n| - |\n| `|` \\| <b onclick=alert(1)> |", shows: "<table>"),
    .init("| | |\n|-|-|\n| </td></tr></table><script>alert(1)</script> |", shows: "<table>"),
    .init("> | a |\n> | - |\n> | > | b |\n> | - |", shows: "<table>"),
    "1. <script>\n   alert(1)\n\n   </script>",
    "99999999999999999999. <b onclick=alert(1)>",
    .init("- [ ] <input onfocus=alert(1) autofocus>\n- [x] done", shows: "done"),
    "note[^a]\n\n[^a]: <script>alert(1)</script>",
    "[^javascript:alert(1)]: press",
    "# <script>alert(1)</script> {#token onclick=alert(1)}",
    "<h1 id=token>Heading</h1>\n===",
    .init("~~<script>alert(1)</script>~~", shows: "<del>"),
    .init("**<img src=x onerror=alert(1)>**", shows: "<strong>"),
    "term\n: <script>alert(1)</script>",
    #"$$\href{javascript:alert(1)}{x}$$"#,
    ":::html\n<script>alert(1)</script>\n:::",
  ]
}

import SkillArchive
import Skills
import TestSupport
import Testing

@Suite struct SecretScannerTests {
  private func kinds(in text: String) throws -> [String] {
    SecretScanner.findings(in: Array(text.utf8), path: try path("file.txt")).map(\.kind)
  }

  private static let capitals = "ABCDEFGHIJKLMNPQRSTUVWXYZ234567"

  private static let tokens: [(kind: String, text: String)] = [
    ("AWS access key", fakeToken("AKIA", 16, from: capitals)),
    ("AWS temporary key", fakeToken("ASIA", 16, from: capitals)),
    ("GitHub token", fakeToken("ghp_", 36)), ("GitHub token", fakeToken("gho_", 36)),
    ("GitHub token", fakeToken("ghu_", 36)), ("GitHub token", fakeToken("ghs_", 36)),
    ("GitHub token", fakeToken("ghr_", 36)), ("GitHub token", fakeToken("github_pat_", 60)),
    ("GitLab token", fakeToken("glpat-", 20)), ("Slack token", fakeToken("xoxb-", 40)),
    ("Slack token", fakeToken("xoxp-", 40)), ("API key", fakeToken("sk-", 48)),
    ("API key", fakeToken("sk-proj-", 48)), ("Stripe key", fakeToken("sk_live_", 24)),
    ("Google API key", fakeToken("AIza", 35)), ("npm token", fakeToken("npm_", 36)),
    ("PyPI token", fakeToken("pypi-AgE", 70)), ("Hugging Face token", fakeToken("hf_", 34)),
    ("agent-mesh token", fakeToken("ah_", 40)), ("agent-mesh connect token", fakeToken("ct_", 40)),
    ("agent-mesh bridge token", fakeToken("sb_", 40)),
  ]

  @Test(arguments: tokens)
  func `a token is found wherever it stands`(kind: String, text: String) throws {
    #expect(try kinds(in: text) == [kind])
    #expect(try kinds(in: "key=\(text)\n") == [kind])
    #expect(try kinds(in: "first\nsecond \"\(text)\", third") == [kind])
    #expect(try kinds(in: "(\(text))") == [kind])
  }

  @Test func `hardly a token escapes by chance`() throws {
    var generator = SplitMix64(seed: 21)
    for index in 0..<500 {
      let token = fakeToken("AKIA", 16, from: Self.capitals, seed: generator.next())
      #expect(try kinds(in: token) == ["AWS access key"], "\(index): \(token)")
    }
  }

  @Test(arguments: tokens)
  func `a token inside a longer word, or cut short, is none`(kind: String, text: String) throws {
    #expect(try kinds(in: "word\(text)").isEmpty)
    #expect(try kinds(in: String(text.prefix(12))).isEmpty)
  }

  @Test(arguments: [
    "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
  ])
  func `a private key is found`(label: String) throws {
    let body = fakeToken("", 64) + "\n" + fakeToken("", 64, seed: 8)
    #expect(try kinds(in: "text\n-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n") == ["private key"])
    #expect(
      try kinds(in: #"{"key": "-----BEGIN \#(label)-----\n\#(body.replacing("\n", with: #"\n"#))\n-----END"}"#) == [
        "private key"
      ])
    // Prose about keys, a public key, and an elided example.
    #expect(try kinds(in: "a file that begins with -----BEGIN \(label)-----").isEmpty)
    #expect(try kinds(in: "-----BEGIN PUBLIC KEY-----\n\(body)\n").isEmpty)
    #expect(try kinds(in: "-----BEGIN \(label)-----\n...\n-----END \(label)-----\n").isEmpty)
  }

  @Test func `an assigned random value is found by the name that it is given`() throws {
    let value = fakeToken("", 24)
    for text in [
      "password = \"\(value)\"", "API_KEY='\(value)'", "\"client_secret\": \"\(value)\"", "db_password:  '\(value)'",
      "auth_token=\"\(value)\"",
    ] {
      #expect(try kinds(in: text) == ["assigned secret"], "\(text)")
    }
  }

  @Test(arguments: [
    "password = \"correct horse battery staple\"", "password = os.environ[\"PASSWORD\"]", "token = \"${GITHUB_TOKEN}\"",
    "api_key = \"your-api-key-goes-here-1234\"", "password: \"changeme-changeme-1234\"",
    "secret = \"<insert-secret-here>\"",
    "colour = \"\(fakeToken("", 24))\"", "sha256 = \"\(fakeToken("", 64))\"", "token = \"short1\"",
    "AKIAIOSFODNN7EXAMPLE", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "sk-your-key-here-your-key-here-your-key-here",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "AIzaSyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    "task-management-and-other-things-that-are-long-enough", "sk-spinner-container-with-a-long-class-name",
    "hf_hub_download(repo_id=model)", "export ANTHROPIC_API_KEY=sk-ant-...",
  ])
  func `placeholders and ordinary text are left alone`(text: String) throws {
    #expect(try kinds(in: text).isEmpty)
  }

  @Test func `lines are counted and binary files are left alone`() throws {
    let token = fakeToken("ghp_", 36)
    let text = Array("one\r\ntwo\n\n\(token)\nfive \(token)\n".utf8)
    let file = try path("a")
    #expect(SecretScanner.findings(in: text, path: file).map(\.line) == [4, 5])
    #expect(SecretScanner.findings(in: [0] + text, path: file).isEmpty)
    #expect(SecretScanner.findings(in: [], path: file).isEmpty)
    #expect(SecretScanner.findings(in: [UInt8](repeating: 0x2D, count: 3), path: file).isEmpty)
  }

  @Test func `a finding never shows the secret`() throws {
    let token = fakeToken("ghp_", 36)
    let finding = try #require(SecretScanner.findings(in: Array(token.utf8), path: try path("a")).first)
    #expect(!"\(finding)".contains(token.suffix(10)))
    #expect("\(finding)" == "a:1: looks like a secret (GitHub token)")
  }
}

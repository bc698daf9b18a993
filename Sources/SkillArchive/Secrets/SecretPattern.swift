/// The shape of one kind of token: how it begins and what follows.
struct SecretPattern: Sendable {
  let prefix: [UInt8]
  let kind: String
  /// For a beginning that words may have as well: what follows must mix letters and digits.
  let isOrdinary: Bool
  private let length: ClosedRange<Int>
  /// Characters that the longest part behind the second dot has at least: what signs or encrypts the parts before it.
  private let signature: Int?
  private let alphabet: Set<UInt8>

  private init(
    _ prefix: String, _ kind: String, _ length: ClosedRange<Int>, also extra: String = "", isOrdinary: Bool = false,
    signature: Int? = nil
  ) {
    self.prefix = Array(prefix.utf8)
    self.kind = kind
    self.length = length
    self.isOrdinary = isOrdinary
    self.signature = signature
    alphabet = Self.alphanumerics.union(extra.utf8)
  }

  /// The characters behind the prefix, when there are as many as this kind has and none of the same sort follows.
  func body(in text: UnsafeBufferPointer<UInt8>, after start: Int) -> ArraySlice<UInt8>? {
    var end = start
    while end < text.count, end - start <= length.upperBound, alphabet.contains(text[end]) { end += 1 }
    guard length.contains(end - start) else { return nil }
    let body = Array(text[start..<end])[...]
    return isSigned(body) ? body : nil
  }

  private func isSigned(_ body: ArraySlice<UInt8>) -> Bool {
    guard let signature else { return true }
    return body.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).dropFirst(2)
      .contains { $0.count >= signature }
  }

  private static let alphanumerics = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)

  /// Formats as their issuers document them.
  static let all: [SecretPattern] = [
    SecretPattern("AKIA", "AWS access key", 16...16),
    SecretPattern("ASIA", "AWS temporary key", 16...16),
    SecretPattern("ghp_", "GitHub token", 36...255),
    SecretPattern("gho_", "GitHub token", 36...255),
    SecretPattern("ghu_", "GitHub token", 36...255),
    SecretPattern("ghs_", "GitHub token", 36...255),
    SecretPattern("ghr_", "GitHub token", 36...255),
    SecretPattern("github_pat_", "GitHub token", 40...255, also: "_"),
    SecretPattern("glpat-", "GitLab token", 20...255, also: "_-"),
    SecretPattern("xoxb-", "Slack token", 20...255, also: "-"),
    SecretPattern("xoxp-", "Slack token", 20...255, also: "-"),
    SecretPattern("xoxa-", "Slack token", 20...255, also: "-"),
    SecretPattern("xoxr-", "Slack token", 20...255, also: "-"),
    SecretPattern("xoxs-", "Slack token", 20...255, also: "-"),
    SecretPattern("sk-", "API key", 32...255, also: "_-", isOrdinary: true),
    SecretPattern("sk_live_", "Stripe key", 20...255),
    SecretPattern("rk_live_", "Stripe key", 20...255),
    SecretPattern("AIza", "Google API key", 35...35, also: "_-"),
    SecretPattern("npm_", "npm token", 36...36),
    SecretPattern("pypi-AgE", "PyPI token", 50...255, also: "_-"),
    SecretPattern("hf_", "Hugging Face token", 30...60),
    SecretPattern("SG.", "SendGrid key", 60...80, also: "._-"),
    SecretPattern("GOCSPX-", "Google client secret", 20...40, also: "_-"),
    SecretPattern("ya29.", "Google access token", 40...2048, also: "_-."),
    SecretPattern("dop_v1_", "DigitalOcean token", 64...64),
    SecretPattern("doo_v1_", "DigitalOcean token", 64...64),
    SecretPattern("dapi", "Databricks token", 32...34, also: "-", isOrdinary: true),
    SecretPattern("lin_api_", "Linear key", 40...48),
    SecretPattern("ntn_", "Notion token", 40...60, isOrdinary: true),
    SecretPattern("figd_", "Figma token", 40...60, also: "_-", isOrdinary: true),
    SecretPattern("sbp_", "Supabase token", 40...44),
    SecretPattern("shpat_", "Shopify token", 32...32),
    SecretPattern("shpss_", "Shopify secret", 32...32),
    SecretPattern("sq0atp-", "Square token", 22...22, also: "_-"),
    SecretPattern("sq0csp-", "Square secret", 43...43, also: "_-"),
    SecretPattern("ATATT3", "Atlassian token", 100...255, also: "_-="),
    SecretPattern("glsa_", "Grafana token", 36...48, also: "_", isOrdinary: true),
    SecretPattern("gsk_", "Groq key", 48...60, isOrdinary: true),
    SecretPattern("xai-", "xAI key", 70...90, isOrdinary: true),
    SecretPattern("pplx-", "Perplexity key", 40...60, isOrdinary: true),
    SecretPattern("tvly-", "Tavily key", 28...50, also: "-", isOrdinary: true),
    SecretPattern("r8_", "Replicate token", 36...40, isOrdinary: true),
    SecretPattern("nvapi-", "NVIDIA key", 60...80, also: "_-", isOrdinary: true),
    SecretPattern("pcsk_", "Pinecone key", 60...80, also: "_", isOrdinary: true),
    SecretPattern("dckr_pat_", "Docker token", 24...32, also: "_-", isOrdinary: true),
    SecretPattern("hvs.", "Vault token", 24...120, also: "_-", isOrdinary: true),
    SecretPattern("PMAK-", "Postman key", 59...59, also: "-"),
    SecretPattern("sntrys_", "Sentry token", 60...255, also: "_=+/"),
    SecretPattern("xapp-", "Slack token", 40...255, also: "-", isOrdinary: true),
    SecretPattern("ah_", "agent-mesh token", 40...40),
    SecretPattern("ct_", "agent-mesh connect token", 32...64, isOrdinary: true),
    SecretPattern("sb_", "agent-mesh bridge token", 32...64, isOrdinary: true),
    // Without a signature (RFC 7519, 6) it proves nothing, and examples end in a word.
    SecretPattern("eyJ", "JSON web token", 60...4096, also: "._-", isOrdinary: true, signature: 32),
  ]
}

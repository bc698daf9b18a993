import SkillArchive
import Skills
import TestSupport
import Testing

/// What stands in real skills: what nobody could use, and beside it what somebody could.
@Suite struct SecretTableTests {
  private func kinds(in text: String) throws -> [String] {
    SecretScanner.findings(in: Array(text.utf8), path: try SkillPath(parsing: "file.txt")).map(\.kind)
  }

  private static let harmless: [String] = [
    // Types of a program.
    "signing_key: Ed25519PrivateKey", "def dh(private_key: X25519PrivateKey, public_key: bytes) -> bytes:",
    "api_key: SecretStr32 = None", "private_key: RSAPrivateKey2048,", "token: UInt8Array16ForToken,",
    "password: VARCHAR255NotNullable,", "encryption_key: Base64UrlString32 | None",
    // Where a secret is kept.
    "\"secret_key\": \"/etc/keys/site.pem\"", "\"private_key\": \"/path/to/id_ed25519\"",
    "\"private_key\": \"/keys/id_ed25519\"", "private_key = '~/.ssh/id_ed25519_deploy'",
    "secret: \"config/secrets/prod2.json\"", "private_key = \"C:\\\\keys\\\\site2024.key\"",
    "client_secret: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-Ab12Cd'",
    "password = \"op://vault/item42/password9\"", "token: \"https://auth.example.org/oauth2/v1/keys7\"",
    // Words that describe.
    "API_KEY=\"put-your-base64-key-here\"", "token: 'playground-beta-2026',", "secret = \"64-hex-characters-go-here\"",
    "api_key = \"get-this-from-the-dashboard-2\"", "Password = \"CHANGE_ME_Str0ng!\"", "API_KEY='InsertRealKey1234'",
    "token = \"the-value-of-step-3-goes-in\"", "API_TOKEN=\"my-staging-server-1-access\"",
    // Where a list goes on, and what belongs to one request.
    "\"next_token\": \"QWxhZGRpbjpvcGVuIHNlc2FtZSBhbmQgbW9yZTE\"", "nextPageToken: 'CiAKGjBpNDd2Nmp2Zml2cXRwYjBpOXA'",
    "\"token\": \"MzUxODM3NTQzMDAwMDA1ODI4MA==\"", "resume_token = \"8263F1A2B4000000012B0229296E04\"",
    "continuation-token: \"1aB9xQ27LkPz83hVtR5nWm40\"", "\"token\": \"eyJvZmZzZXQiOjIwLCJzaXplIjoxMH0=\"",
    // Public addresses.
    "SPL_TOKEN=\"EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\"  # USDC",
    "const token = 'So11111111111111111111111111111111111111112'; // wrapped SOL, mint address",
    "token: \"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t\" # USDT on Tron",
    "token = \"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48\"", "token=\"0x2::sui::SUI9x8w7v6u5t4\"",
    "token: 'cosmos1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu' # address",
    "secret: sha256-\(real("", 43))=",
    // Addresses to fill in.
    "postgres://user:password@localhost:5432/db", "https://user:<password>@host",
    "redis://:${REDIS_PASSWORD_2}@cache:6379",
    "https://app:\(real("", 20))@git.example.com/x", "mongodb://root:mySecretPassword123@mongo",
    "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX", "http://localhost:8080/a@b",
    "https://hooks.slack.com/services/YOUR/WEBHOOK/URL", "the `token`: `the-value-of-step-3-goes-in`",
    // Names in a program.
    "token = DefaultAzureCredentialV2", "secret: NIOSSLContextTLSv12", "api_key = OpenAI_Settings_Key_V2",
    // What says that it is none.
    "api_key = \"wrong_api_key_98765\"", "aws_access_key_id = AKIANOTAREALKEY00000",
    "--access-key-id AKIAEXPOSEDKEY123456",
    "fake_password = \"H0n3yT0k3n_Tr4p_2024!\"", "DUMMY_API_KEY = 'a8f5k2m9x7q1w3e6'",
    "Example: AIzaSyA1B2C3D4E5F6G7H8I9J0K1L2M3N4O5P6Q", "token = \"a1b2c3d4e5f6g7h8i9j0\"",
    "secret = \"0123456789abcdef0123456789abcdef\"", "api_key: 'deadbeef00112233deadbeef44556677'",
    "ghp_FakeFakeFakeFakeFakeFakeFakeFake1234",
  ]

  @Test(arguments: harmless)
  func `what nobody could use is left alone`(text: String) throws {
    #expect(try kinds(in: text).isEmpty)
  }

  /// Drawn, and put together here so that no scanner takes this file for what it is not.
  private static func real(_ prefix: String, _ count: Int, from letters: String? = nil) -> String {
    letters.map { fakeToken(prefix, count, from: $0, seed: 11) } ?? fakeToken(prefix, count, seed: 11)
  }

  private static let hex = "0123456789abcdef"

  private static let tokens: [String] = [
    real("sk-proj-", 120), real("sk-ant-api03-", 93), real("xoxb-", 46), real("xapp-1-", 60), real("ghp_", 36),
    real("glpat-", 20), real("npm_", 36), real("sk_live_", 24), real("GOCSPX-", 28), real("ya29.", 120),
    real("dop_v1_", 64, from: hex), real("lin_api_", 40), real("shpat_", 32, from: hex), real("figd_", 43),
    real("sbp_", 40, from: hex), real("glsa_", 41), real("gsk_", 52), real("xai-", 80), real("pplx-", 48),
    real("tvly-", 32), real("r8_", 37), real("nvapi-", 64), real("pcsk_", 70), real("dckr_pat_", 27), real("hvs.", 90),
    real("SG.", 22) + "." + real("", 43), real("hf_", 34), real("AIza", 35),
  ]

  @Test(arguments: tokens)
  func `a token of any vendor stops whoever publishes it`(token: String) throws {
    #expect(try kinds(in: "the key is \(token)\n").count == 1, "\(token)")
  }

  private static let values: [String] = [
    "HOOKS_TOKEN=\"\(real("", 32, from: hex))\"", "const API_KEY = 'moltbook_sk_\(real("", 32))';",
    "export SUPERMEMORY_API_KEY=\"sm_\(real("", 50))\"", "const authToken = '\(real("", 43))';",
    "\"password\": \"npg_\(real("", 12))\",", "webhookToken: '\(real("", 32, from: hex))',",
    "password = \"Winter2024Harbour!\"", "DB_PASSWORD=\"tr4vel-Kettle-93-Bus7x\"",
    "secret_key = \"django-insecure-\(real("", 40))\"",
    "api_key: \"\(real("", 20))/\(real("", 19))\"", "aws_secret_access_key = /\(real("", 20))/\(real("", 18))",
    "ws://localhost:7002?token=\(real("", 48, from: hex))", "PRIVATE_KEY=\"0x\(real("", 64, from: hex))\"",
    "client_secret = \"\(real("", 10))~\(real("", 23))\"", "postgres_password: \"\(real("", 24))\"",
    "X-Api-Key: \(real("", 32))", "the `api_key`: `\(real("", 32))`.",
    "API_KEY=\(real("", 12))_\(real("", 12))-\(real("", 8))",
    "DATABASE_URL=postgres://app:\(real("", 16))@db.internal/app", "<https://u:\(real("", 20))@host>",
    "curl https://hooks.slack.com/services/T\(real("", 8))/B\(real("", 10))/\(real("", 24))",
    "database_secret = \"postgres://app:\(real("", 16))@db.internal/app\"",
  ]

  @Test(arguments: values)
  func `a value that somebody could use stops whoever publishes it`(text: String) throws {
    #expect(try kinds(in: text).count == 1)
  }

  @Test(arguments: ["\"", "", "`"])
  func `hardly a random value is taken for words, a path or an address`(quote: String) throws {
    var generator = SplitMix64(seed: 7)
    var missed = 0
    for _ in 0..<2_000 {
      let value = fakeToken("", 32, seed: generator.next())
      if try kinds(in: "api_key = \(quote)\(value)\(quote)").isEmpty { missed += 1 }
    }
    #expect(missed <= 20)
  }
}

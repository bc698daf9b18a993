import SkillArchive
import Skills
import Testing

@Suite struct SecretValueTests {
  private func kinds(in text: String) throws -> [String] {
    SecretScanner.findings(in: Array(text.utf8), path: try SkillPath(parsing: "file.txt")).map(\.kind)
  }

  // Put together here, so that no scanner takes this file for what it is not.
  private static let value = ["wJalrXU", "tnF3MIK7", "MDENGbPx", "RfiCYzQ9LmVv3kPqT"].joined()

  @Test(arguments: [
    "export AWS_SECRET_ACCESS_KEY=\(value)\n", "DB_PASSWORD: \(value.prefix(32))\n", "api_key=\(value)",
    "token = \(value)  # mine",
  ])
  func `a random value without quotes is found behind a telling name`(text: String) throws {
    #expect(try kinds(in: text) == ["assigned secret"])
  }

  private static let webHead = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJhZ2VudCIsImlhdCI6MTcwMDB9"].joined(separator: ".")

  @Test func `a web token is found`() throws {
    #expect(try kinds(in: "Authorization: Bearer \(Self.webHead).\(Self.value)\n") == ["JSON web token"])
    let encrypted = [Self.webHead, "AxY8DCtDaGlsbGljb3RoZQ", Self.value, "XFBoMYUZodetZdvTiFvSkQ"]
    #expect(try kinds(in: "bearer \(encrypted.joined(separator: "."))") == ["JSON web token"])
  }

  @Test(arguments: ["", "signature", "...", "sig"])
  func `a web token that nothing signs is an example`(signature: String) throws {
    #expect(try kinds(in: "Authorization: Bearer \(Self.webHead).\(signature)\n").isEmpty)
    #expect(try kinds(in: "'\(Self.webHead.replacing(".", with: ""))=='").isEmpty)
  }

  private static let digits = "c02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"

  /// What is public, elided or plainly made up.
  @Test(arguments: [
    "SELL_TOKEN=\"0x\(digits)\"", "X-Payment-Token: 0x\(digits)", "token: '0x\(digits)',",
    "\"token\": \"eyJhbGciOiJIUzI1NiIsInR5cCI6...\"", "\"api_key\": \"plurum_k7f9w2q8…\"",
    "\"token\": \"\(webHead).signature\"", "password: \"securePassword123!\"", "password = \"user_password_927!\"",
    "export OPENROUTER_API_KEY='sk-or-v1-project1-key'", "NEXTAUTH_SECRET=generate-with-openssl-rand-base64-32",
    "\"private_key\": \"base64_x25519_private_key\"", "const API_KEY = 'sk_live_abc123xyz7';",
    "![x](https://host/o/a%20b.png?alt=media&token=43a73901-37a9-4cb9-a25c-fa01cf03baea)",
    "<img src=\"https://host/a.png?alt=media&#x26;token=43a73901-37a9-4cb9-a25c-fa01cf03baea\">",
    "token = \"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.\(value)\"",
  ])
  func `what is public or made up is no secret`(text: String) throws {
    #expect(try kinds(in: text).isEmpty)
  }

  /// The same shapes with a value that somebody could use.
  @Test(arguments: [
    "PRIVATE_KEY=\"0x\(digits)\(digits.prefix(24))\"", "token = '0x\(digits.dropLast())'",
    "\"token\": \"\(value.prefix(36))\"", "password: \"\(value.prefix(20))!\"",
    "const URL = 'ws://localhost:7002?token=\(digits)'",
    "https://host/hook?a=b&token=43a73901-37a9-4cb9-a25c-fa01cf03baea",
    "API_KEY='sk-or-v1-\(value.prefix(30))'", "client_secret: '\(value.prefix(24))~key'",
  ])
  func `a real value in the same place is found`(text: String) throws {
    #expect(try kinds(in: text).count == 1)
  }

  @Test(arguments: [
    "password: $PASSWORD", "token = generateToken2For3Users4(request)", "secret=<your-secret-12345-here>",
    "api_key=YOUR_API_KEY_12345678", "token: the-token-of-the-registry-you-use", "access_key = config.keys.s3.main01",
    "token_count: 1234567890123456789", "secret: see docs/secrets/2024/11/22/notes", "password=changeme1234567890",
  ])
  func `program text and examples are not taken for secrets`(text: String) throws {
    #expect(try kinds(in: text).isEmpty)
  }
}

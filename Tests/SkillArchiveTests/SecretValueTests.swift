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

  @Test func `a web token is found`() throws {
    let token = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJhZ2VudCIsImlhdCI6MTcwMDB9", Self.value].joined(separator: ".")
    #expect(try kinds(in: "Authorization: Bearer \(token)\n") == ["JSON web token"])
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

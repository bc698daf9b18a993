import Testing

@testable import Skills

@Suite struct MinimumAgeTests {
  @Test(
    arguments: [
      ("0", 0, "0"), ("0h", 0, "0"), ("90m", 5_400, "90m"), ("24h", 86_400, "24h"), ("3d", 259_200, "3d"),
      ("2w", 1_209_600, "2w"), ("10000w", 6_048_000_000, "10000w"),
    ])
  func `reads an age and writes it again`(text: String, seconds: Int, written: String) throws {
    let age = try MinimumAge(parsing: text)
    #expect(age.seconds == seconds)
    #expect(age.description == written)
    #expect(try MinimumAge(parsing: written).seconds == seconds)
  }

  @Test(arguments: ["", "h", "1", "-1h", "+1h", "1.5h", "1 h", "1H", "1y", "10001w", "99999999999999999999h", "1hh"])
  func `refuses what is no age`(text: String) {
    #expect(throws: NameRefusal.self) { try MinimumAge(parsing: text) }
  }
}

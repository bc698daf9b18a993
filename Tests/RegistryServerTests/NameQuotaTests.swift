import RegistryStore
import Testing

/// Names are taken a few at once, and then one at a time.
@Suite struct NameQuotaTests {
  @Test func `one name too many is refused beside the field, which keeps it, until its time has come`() async throws {
    let server = try await TestServer.start()
    server.clock.stop()
    var ada = try await server.browser(of: "ada")
    let page = "/settings/organisations"
    for index in 0..<Accounts.nameLimit.burst {
      #expect(try await ada.submit(page, [("name", "guild-\(index)")]).status == 303)
    }
    let forms = [
      (page, "name", "lodge"), (page + "/guild-0/rename", "name", "lodge"), ("/settings/handle", "handle", "eve"),
    ]
    for (path, field, name) in forms {
      let refused = try await ada.submit(path, [(field, name)])
      #expect(refused.status == 422, "\(path)")
      #expect(refused.hasFault(beside: field), "\(path)")
      #expect(refused.text.contains("value=\"\(name)\""), "\(path)")
      let wait = refused.text.firstMatch(of: #/Try again in (\d+) seconds/#).flatMap { Double($0.output.1) }
      let interval = Accounts.nameLimit.interval
      #expect(wait.map { (interval...interval + 1).contains($0) } == true, "\(path)")
    }
    server.clock.advance(Accounts.nameLimit.interval + 1)
    #expect(try await ada.submit(page, [("name", "lodge")]).status == 303)
  }
}

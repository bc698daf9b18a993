import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import Testing

/// Many devices that wait for an approval, where the registry wants one question a second of all together.
@Suite struct WaitingDeviceTests {
  private func start() async throws -> TestServer {
    var limits = RegistryLimits()
    limits.devicePace.pollsPerSecond = 1
    let server = try await TestServer.start(limits: limits)
    server.clock.stop()
    return server
  }

  private func begin(_ count: Int, _ server: TestServer) async throws -> [DeviceLoginResponse] {
    var devices: [DeviceLoginResponse] = []
    for _ in 0..<count {
      let answer = try await server.sendJSON(
        .post, Route.deviceLogin.rawValue, DeviceLoginRequest(clientInfo: nil, scope: nil))
      #expect(answer.status == 200, "\(answer.text)")
      devices.append(try WireCoding.decode(DeviceLoginResponse.self, from: answer.body))
    }
    return devices
  }

  /// The word for a question that comes so many seconds after the one before.
  private func word(
    _ server: TestServer, _ device: DeviceLoginResponse, after seconds: Double
  ) async throws -> String? {
    server.clock.advance(seconds)
    let request = DeviceTokenRequest(deviceCode: device.deviceCode)
    let answer = try await server.sendJSON(.post, Route.deviceToken.rawValue, request)
    return try answer.json()["error"] as? String
  }

  @Test func `the more devices wait, the less often each may ask, and one alone asks every five seconds`() async throws
  {
    let server = try await start()
    #expect(try await begin(8, server).map(\.interval) == [5, 5, 5, 5, 5, 6, 7, 8])
    server.clock.advance(901)
    #expect(try await begin(1, server).map(\.interval) == [5])
  }

  @Test func `a device keeps to the interval that it was told`() async throws {
    let server = try await start()
    let device = try #require(try await begin(12, server).last)
    #expect(device.interval == 12)
    #expect(try await word(server, device, after: 0) == "authorization_pending")
    #expect(try await word(server, device, after: 12) == "authorization_pending")
    #expect(try await word(server, device, after: 6) == "slow_down")
    #expect(try await word(server, device, after: 12) == "slow_down")
    #expect(try await word(server, device, after: 22) == "authorization_pending")
  }

  @Test func `a device that began before the others slows down until it asks as seldom as they do`() async throws {
    let server = try await start()
    let device = try #require(try await begin(12, server).first)
    #expect(try await word(server, device, after: 5) == "slow_down")
    #expect(try await word(server, device, after: 10) == "slow_down")
    #expect(try await word(server, device, after: 15) == "authorization_pending")
    #expect(try await word(server, device, after: 15) == "authorization_pending")
  }
}

#if os(Linux)
  import Foundation
  import TestSupport
  import Testing

  /// What readers that never read cost the real server, as the kernel counts it.
  @Suite(.enabled(if: Program.find("curl") != nil)) struct UnreadResponseTests {
    private static let connections = 64
    private static let allowance = 64 << 20

    /// A field of `/proc/<pid>/status`, in bytes.
    private func memory(_ field: String, of process: Int32) throws -> Int {
      let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(field + ":") })
      return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }) << 10
    }

    /// 48 MiB of text in an archive of two or three.
    private func archive() -> [UInt8] {
      var generator = SplitMix64(seed: 11)
      let blank = [UInt8](repeating: 0x20, count: 3_935) + [0x0A]
      var text: [UInt8] = []
      text.reserveCapacity(48 << 20)
      while text.count < 48 << 20 {
        text += (0..<160).map { _ in UInt8.random(in: 97...122, using: &generator) }
        text += blank
      }
      return TarBuilder.skill { $0.file("large.txt", text) }.gzipped
    }

    @Test func `64 readers of a large file that never read cost less than a bound`() async throws {
      let scene = try await Scene.open()
      let package = scene.place + "/package"
      try Data(archive()).write(to: URL(fileURLWithPath: package))
      let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
      let published = try await scene.curl(
        "/api/skills/publish",
        [
          "--noproxy", "*", "-H", "Authorization: Bearer \(token)",
          "-F", "package=@\(package)",
        ])
      try #require(published.output.contains(#""action":"created""#), "\(published)")
      let path = "/api/skills/acme/probe/versions/1.0.0/files/large.txt"
      // What publishing has taken would count as rest and hide what reading takes.
      await scene.registry.stop()
      let address = try #require(scene.registry.url.split(separator: "/").last.map(String.init))
      let registry = try await Registry.start(data: scene.registry.data, listen: address)
      let process = registry.id
      let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
      let rest = try memory("VmRSS", of: process)
      // The peak counts from here.
      try "5".write(toFile: "/proc/\(process)/clear_refs", atomically: false, encoding: .utf8)
      let held = try await onThread {
        let connections = try (0..<Self.connections).map { _ in
          let connection = try RawConnection(port: port)
          connection.write("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
          return connection
        }
        for connection in connections {
          #expect(connection.reading(until: "\r\n\r\n").text.hasPrefix("HTTP/1.1 200"))
        }
        return connections
      }
      let other = try await scene.curl("/api/skills/acme/probe/raw", ["--noproxy", "*"])
      #expect(other.output.contains("# Probe"))
      let peak = try memory("VmHWM", of: process)
      #expect(peak - rest <= Self.allowance, "\((peak - rest) >> 20) MiB")
      withExtendedLifetime((held, registry)) {}
    }
  }
#endif

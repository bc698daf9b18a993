import Foundation
import TestSupport
import Testing

@testable import HTTPTransport

/// A transport that never really waits between two tries, and notes how long it would have.
func makeTransport(
  environment: [String: String] = [:], pauses: Log<Duration> = Log(), insecure: Set<String> = []
) -> HTTPTransport {
  var configuration = TransportConfiguration(userAgent: "agent-mesh/test", environment: environment)
  configuration.pause = { pauses.add($0) }
  configuration.chance = { 1 }
  configuration.allowsInsecure = { insecure.contains($0) }
  return HTTPTransport(configuration)
}

extension TestServer {
  func url(_ target: String = "/", host: String = "127.0.0.1") -> HTTPURL {
    try! HTTPURL(parsing: "http://\(host):\(port)\(target)")
  }
}

/// Runs `work`, which must fail, and returns why.
func failure<T: Sendable>(
  of work: () async throws(TransportError) -> T, sourceLocation: SourceLocation = #_sourceLocation
) async -> TransportError? {
  do throws(TransportError) {
    _ = try await work()
    Issue.record("nothing failed", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error
  }
}

/// A folder that goes with the test.
final class ScratchFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("http-\(UUID().uuidString)").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ bytes: [UInt8], to name: String) -> String {
    try! Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func bytes(of name: String) -> [UInt8]? { FileManager.default.contents(atPath: file(name)).map { Array($0) } }

  var names: [String] { try! FileManager.default.contentsOfDirectory(atPath: path) }
}

/// Bytes that do not repeat soon, the same every time.
func pattern(_ count: Int) -> [UInt8] {
  var state: UInt64 = 88_172_645_463_325_252
  return (0..<count).map { _ in
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return UInt8(truncatingIfNeeded: state)
  }
}

/// The form of RFC 9110, 5.6.7, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
func httpDate(in seconds: Double) -> String {
  let formatter = DateFormatter()
  formatter.locale = Locale(identifier: "en_US_POSIX")
  formatter.timeZone = TimeZone(identifier: "GMT")
  formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
  return formatter.string(from: Date(timeIntervalSinceNow: seconds))
}

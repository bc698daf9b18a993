import Foundation

/// Devices that wait for an approval, each of which asks as often as it is told to.
struct WaitingDevices {
  private struct Codes: Decodable {
    var deviceCode: String
    var interval: Int
  }

  private struct Device {
    let question: [UInt8]
    /// Seconds.
    var interval: Int
    var due: ContinuousClock.Instant
  }

  private var devices: [Device] = []

  /// Begins their logins; the first questions are spread evenly.
  init(_ count: Int, over connection: inout HTTPConnection) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    for number in 0..<count {
      let answer = try connection.answer(to: HTTPMessages.json("/api/auth/device", "{}"))
      guard answer.status == 200 else { throw Failure("a login got \(answer.status)") }
      let codes = try decoder.decode(Codes.self, from: Data(answer.body))
      // Steps of the golden ratio: neighbours, which have one interval, are far from one another.
      let spread = (Double(number) * 0.618_034).truncatingRemainder(dividingBy: 1)
      devices.append(
        Device(
          question: HTTPMessages.json("/api/auth/device/token", #"{"device_code":"\#(codes.deviceCode)"}"#),
          interval: codes.interval, due: ContinuousClock.now + .seconds(Double(codes.interval) * (1 + spread))))
    }
  }

  /// Seconds between two questions of the device that asks the least often.
  var longestInterval: Int { devices.map(\.interval).max() ?? 0 }

  /// Asks for a while.
  ///
  /// - Returns: How often a device was told to slow down.
  mutating func ask(seconds: Int, over connection: inout HTTPConnection, port: UInt16) throws -> Int {
    let end = ContinuousClock.now + .seconds(seconds)
    var slowed = 0
    while let next = devices.indices.min(by: { devices[$0].due < devices[$1].due }), devices[next].due < end {
      try Interruption.check()
      Self.sleep(until: devices[next].due)
      let answer = try connection.answer(to: devices[next].question)
      if try Self.isSlowDown(answer) {
        devices[next].interval += 5
        slowed += 1
      }
      devices[next].due = ContinuousClock.now + .seconds(devices[next].interval)
      if answer["connection"]?.lowercased() == "close" { connection = try HTTPConnection.open(port: port) }
    }
    Self.sleep(until: end)
    return slowed
  }

  private static func isSlowDown(_ answer: HTTPAnswer) throws -> Bool {
    let text = String(decoding: answer.body.prefix(500), as: UTF8.self)
    if text.contains(#""slow_down""#) { return true }
    guard answer.status == 400, text.contains(#""authorization_pending""#) else {
      throw Failure("a device that waits got \(answer.status): \(text)")
    }
    return false
  }

  private static func sleep(until time: ContinuousClock.Instant) {
    Thread.sleep(forTimeInterval: max((time - ContinuousClock.now).seconds, 0))
  }
}

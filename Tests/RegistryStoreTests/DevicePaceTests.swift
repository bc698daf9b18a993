import Foundation
import RegistryStore
import TestSupport
import Testing

/// How often devices that wait are told to ask.
@Suite struct DevicePaceTests {
  private struct Device {
    var code: Secret
    var interval: Double
    var due: Double
  }

  @Test(arguments: [(0, 5), (1, 5), (150, 5), (151, 6), (1_000, 34), (1_800, 60), (1_801, 60), (Int.max, 60)])
  func `the interval grows with the devices that wait, from five seconds to a minute`(count: Int, interval: Int) {
    #expect(DevicePace().interval(ofDevices: count) == interval)
  }

  @Test func `together devices ask as often as the registry wants, however soon they began`() async throws {
    let people = try People()
    var pace = DevicePace()
    pace.pollsPerSecond = 2
    var devices: [Device] = []
    for number in 0..<40 {
      let codes = try await people.accounts.startDeviceGrant(on: people.client, pace: pace, at: people.start)
      let interval = Double(codes.interval)
      devices.append(Device(code: codes.deviceCode, interval: interval, due: interval * (1 + Double(number) / 40)))
    }
    #expect(devices.first?.interval == 5 && devices.last?.interval == 20)
    // Each of the first has slowed down by then, again and again.
    let (start, end) = (120.0, 240.0)
    var questions = 0
    while let next = devices.indices.min(by: { devices[$0].due < devices[$1].due }), devices[next].due < end {
      let due = devices[next].due
      let time = people.start.addingTimeInterval(due)
      switch try await people.accounts.poll(devices[next].code, pace: pace, at: time) {
      case .pending: break
      case .slowDown(let interval):
        #expect(due < start && interval < 25)
        devices[next].interval += 5
      case let other: Issue.record("\(other)")
      }
      devices[next].due += devices[next].interval
      if due >= start { questions += 1 }
    }
    #expect(questions > 0 && Double(questions) <= 2 * (end - start))
  }
}

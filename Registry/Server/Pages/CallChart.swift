import Foundation
import RegistryStore

/// Calls a day as bars, the newest at the right.
struct CallChart: Sendable {
  struct Bar: Sendable {
    var barX: Int
    var barY: Int
    var barHeight: Int
    var barTitle: String
  }

  static let days = 28
  private static let step = 10
  private static let height = 60

  /// Of the whole picture, as its coordinates count.
  let chartWidth = CallChart.days * CallChart.step
  let chartHeight = CallChart.height
  var chartTitle: String
  var bars: [Bar]

  /// - Parameters:
  ///   - statistics: Of the days until then; those without calls may be missing.
  ///   - end: A time of the last day (UTC).
  init(_ statistics: TaskStatistics, until end: Date) {
    let counts = Dictionary(statistics.days.map { ($0.date, $0.count) }, uniquingKeysWith: +)
    let days = (0..<Self.days).reversed().map { PageTime(end.addingTimeInterval(-86_400 * Double($0))).day }
    let most = max(1, days.compactMap { counts[$0] }.max() ?? 0)
    chartTitle = "\(statistics.total.counted("call")) in \(Self.days) days"
    bars = days.enumerated().map { index, day in
      let count = counts[day] ?? 0
      // A day without calls is a line, so that the days can be counted.
      let height = max(1, count * Self.height / most)
      return Bar(
        barX: index * Self.step, barY: Self.height - height, barHeight: height,
        barTitle: "\(day): \(count.counted("call"))")
    }
  }
}

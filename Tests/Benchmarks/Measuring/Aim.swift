import Foundation

/// What a measurement is to reach: by itself, or beside its reference.
enum Aim: Sendable {
  case atMost(Double)
  case atLeast(Double)
  case atMostTimes(Double)
  case atLeastTimes(Double)
  /// So many percent of the reference above or below it.
  case within(Double)

  func text(_ unit: Unit) -> String {
    switch self {
    case .atMost(let limit): "≤ \(unit.text(limit))"
    case .atLeast(let limit): "≥ \(unit.text(limit))"
    case .atMostTimes(let limit): "≤ \(Self.times(limit))"
    case .atLeastTimes(let limit): "≥ \(Self.times(limit))"
    case .within(let percent): String(format: "± %.0f %%", percent)
    }
  }

  /// - Parameter ratio: Ours over the reference; nil without one, and then no aim beside it is met.
  func isMet(by value: Double, ratio: Double?) -> Bool {
    switch self {
    case .atMost(let limit): value <= limit
    case .atLeast(let limit): value >= limit
    case .atMostTimes(let limit): ratio.map { $0 <= limit } ?? false
    case .atLeastTimes(let limit): ratio.map { $0 >= limit } ?? false
    case .within(let percent): ratio.map { abs($0 - 1) * 100 <= percent } ?? false
    }
  }

  /// A ratio in the words of the aim.
  func text(ratio: Double) -> String {
    if case .within = self { return String(format: "%+.2f %%", (ratio - 1) * 100) }
    return Self.times(ratio)
  }

  static func times(_ ratio: Double) -> String { String(format: "%.2f×", ratio) }
}

import Foundation

/// In what something is measured.
enum Unit: Sendable {
  case milliseconds
  case perSecond
  case megabytesPerSecond
  case megabytes
  case mebibytes
  case kibibytes
  /// Of one core.
  case percent

  /// A value with as many digits as a measurement deserves.
  func text(_ value: Double) -> String {
    switch self {
    case .milliseconds: "\(digits(value)) ms"
    case .perSecond: "\(Int(value.rounded()))/s"
    case .megabytesPerSecond: "\(digits(value)) MB/s"
    case .megabytes: "\(digits(value)) MB"
    case .mebibytes: "\(digits(value)) MiB"
    case .kibibytes: "\(digits(value)) KiB"
    case .percent: "\(digits(value)) %"
    }
  }

  /// Median and, in brackets, the smallest and the largest value.
  func text(_ sample: Sample) -> String {
    let range = [sample.smallest, sample.largest].map { self == .perSecond ? "\(Int($0.rounded()))" : digits($0) }
    return "\(text(sample.median)) (\(range.joined(separator: "–")))"
  }

  private func digits(_ value: Double) -> String {
    String(format: value < 1 ? "%.3f" : value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
  }
}

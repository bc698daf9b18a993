import Logging
import TestSupport

/// Everything that a server logged, each entry as one text with its metadata.
final class LogCapture: Sendable {
  private let entries = Log<String>()

  var handler: any LogHandler { Handler(entries: entries) }
  var text: String { entries.values.joined(separator: "\n") }

  private struct Handler: LogHandler {
    let entries: Log<String>
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.trace

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { $1 }
      entries.add("\(event.level) \(event.message) \(all)")
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }
  }
}

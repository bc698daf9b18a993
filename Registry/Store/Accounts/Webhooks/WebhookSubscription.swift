import Skills

/// An address that an account wants callbacks sent to.
package struct WebhookSubscription: Sendable {
  private static let maximumLength = 2_000

  package let url: String
  package let events: Set<WebhookEvent>

  /// Which schemes and hosts may be called is for whoever calls them to decide, each time.
  ///
  /// - Parameter events: What is sent without being asked for; empty for the callbacks of tasks alone.
  /// - Throws: `validationError` for an address that is none of the web, or one of more than 2,000 bytes.
  package init(url: String, events: Set<WebhookEvent>) throws(MeshError) {
    let isOfTheWeb = url.hasPrefix("https://") || url.hasPrefix("http://")
    guard isOfTheWeb, url.utf8.count <= Self.maximumLength, url.unicodeScalars.allSatisfy(\.isPrintable)
    else {
      throw MeshError(
        .validationError, "'\(url, limit: 120)' is no address for callbacks",
        hint: "Give one that begins with https:// and has at most \(Self.maximumLength) bytes.")
    }
    self.url = url
    self.events = events
  }

  /// Words with a space between them, in an order that is always the same.
  var eventColumn: String { events.map(\.rawValue).sorted().joined(separator: " ") }
}

/// A file that a message or an answer names.
package struct Attachment: Codable, Hashable, Sendable {
  package var name: String
  package var url: String
  package var type: String?

  package init(name: String, url: String, type: String? = nil) {
    self.name = name
    self.url = url
    self.type = type
  }
}

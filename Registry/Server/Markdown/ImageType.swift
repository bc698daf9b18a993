/// Media types of the images that pages show, known by the ends of their names.
enum ImageType: String, Sendable {
  case avif = "image/avif"
  case gif = "image/gif"
  case jpeg = "image/jpeg"
  case png = "image/png"
  case svg = "image/svg+xml"
  case webp = "image/webp"

  private static let endings: [(ending: String, type: ImageType)] = [
    (".avif", .avif), (".gif", .gif), (".jpeg", .jpeg), (".jpg", .jpeg), (".png", .png), (".svg", .svg),
    (".webp", .webp),
  ]

  /// Nil for a file that is no image.
  init?(ofFile path: String) {
    let name = path.lowercased()
    guard let known = Self.endings.first(where: { name.hasSuffix($0.ending) }) else { return nil }
    self = known.type
  }
}

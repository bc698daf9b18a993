/// Names that Windows keeps for devices, in any case and with any extension.
enum ReservedStem {
  static func matches(_ component: some StringProtocol) -> Bool {
    // Nearly every name is decided here, and most requests of a registry have one.
    guard let first = component.utf8.first, "ACLNP".utf8.contains(first & ~0x20) else { return false }
    // Cut at bytes: a `Character` would hide a dot that a combining mark follows.
    var stem = Array(component.utf8.prefix { $0 != UInt8(ascii: ".") })
    // Windows drops spaces before the extension: "con .txt" is the console, too.
    while stem.last == UInt8(ascii: " ") { stem.removeLast() }
    guard stem.count <= 8 else { return false }
    return names.contains(String(decoding: stem, as: UTF8.self).uppercased())
  }

  private static let names: Set<String> = {
    var all: Set<String> = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
    for device in ["COM", "LPT"] {
      for digit in "0123456789¹²³" { all.insert("\(device)\(digit)") }
    }
    return all
  }()
}

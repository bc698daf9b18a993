/// How long a version must have been published before it is taken unasked: `0`, `90m`, `24h`, `3d`, `2w`.
package struct MinimumAge: Hashable, Sendable, CustomStringConvertible {
  package static let none = MinimumAge(amount: 0, unit: "h")
  /// What unattended updates wait for when nobody says otherwise.
  package static let standard = MinimumAge(amount: 24, unit: "h")
  private static let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
  private static let maximumAmount = 10_000

  private let amount: Int
  private let unit: Character

  private init(amount: Int, unit: Character) {
    self.amount = amount
    self.unit = unit
  }

  /// - Throws: `NameRefusal` for a text that is no age.
  package init(parsing text: String) throws(NameRefusal) {
    if text == "0" {
      self = .none
      return
    }
    guard let unit = text.last, Self.units[unit] != nil, let amount = Int(text.dropLast()),
      (0...Self.maximumAmount).contains(amount), text.first != "+"
    else {
      throw NameRefusal(kind: "an age", text: text, reason: "write it as 0, 90m, 24h, 3d or 2w")
    }
    self.init(amount: amount, unit: unit)
  }

  package var seconds: Int { amount * (Self.units[unit] ?? 0) }

  package var description: String { amount == 0 ? "0" : "\(amount)\(unit)" }
}

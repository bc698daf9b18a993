/// When each token was last presented.
enum Schema3 {
  static let statements: [SQL] = [
    "ALTER TABLE tokens ADD COLUMN last_used_at INTEGER"
  ]
}

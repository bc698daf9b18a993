extension Migrations {
  /// Of `registry.sqlite`.
  package static let registry = Migrations(steps: [
    Schema1.statements, Schema2.statements, Schema3.statements, Schema4.statements,
    Schema5.statements, Schema6.statements,
  ])
}

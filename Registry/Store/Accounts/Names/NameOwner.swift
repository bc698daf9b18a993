import Skills

/// Whose a name is: an author's now, or one that a rename has left behind.
package enum NameOwner: Sendable, Hashable {
  case author(id: Int64, isOrganisation: Bool)
  /// The author has another name now.
  case moved(to: AuthorName)
  /// The account or the organisation was deleted; what it published stays.
  case deleted(id: Int64)
}

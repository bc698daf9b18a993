import Skills

/// What somebody types to sign up.
package struct NewAccount: Sendable {
  /// An invitation that names an author decides instead.
  package var handle: AuthorName
  package var password: Password
  package var displayName: DisplayName?
  package var email: EmailAddress?

  package init(
    handle: AuthorName, password: Password, displayName: DisplayName? = nil, email: EmailAddress? = nil
  ) {
    self.handle = handle
    self.password = password
    self.displayName = displayName
    self.email = email
  }
}

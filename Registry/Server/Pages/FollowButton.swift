/// The button by which somebody who is signed in follows an author, or no longer does.
struct FollowButton: Sendable {
  let followPath: String
  let followLabel: String
}

/// Sent through the handlers of a socket once its agent is known: the limits for strangers end, and its bytes count.
struct SocketRegistered: Sendable {
  let activity: SocketActivity
}

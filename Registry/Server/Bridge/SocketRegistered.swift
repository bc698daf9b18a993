/// Sent through the handlers of a socket once its agent is known: the limits for strangers end.
struct SocketRegistered: Sendable {}

/// The socket through which an agent is online.
struct RelayConnection: Sendable {
  let id: RelayState.ConnectionID
  let speaksV3: Bool
  var lastReceived: Duration
  var violations = 0
  /// Bytes received and not yet in the log.
  var outstanding = 0
  /// Bytes of credit to be given back with the next frame of credit.
  var owed = 0
}

/// How long each side waits, and for what.
package struct BridgeTimings: Hashable, Sendable {
  /// For the first frame of a socket, at the bridge.
  package var registration = Duration.seconds(5)
  /// For the answer to it, at the agent.
  package var clientRegistration = Duration.seconds(15)
  /// Between the pings of an agent that speaks `mesh.v3`.
  package var heartbeat = Duration.seconds(15)
  /// Silence that ends a connection that speaks `mesh.v3`.
  package var dead = Duration.milliseconds(37_500)
  /// Between the heartbeats of plain version 2.
  package var plainHeartbeat = Duration.seconds(20)
  /// Silence that ends such a connection.
  package var plainDead = Duration.seconds(50)
  /// For an agent whose connection was lost, until its requests fail: streamed ones, those that nobody waits for, and
  /// those of plain version 2.
  package var resumeWindow = Duration.seconds(300)
  package var asyncResumeWindow = Duration.seconds(4 * 3600)
  package var plainResumeWindow = Duration.seconds(30)
  /// For the next frame of a request that is streamed, and of one that nobody waits for.
  package var activity = Duration.seconds(120)
  package var asyncActivity = Duration.seconds(300)
  /// For the answer to a cancellation.
  package var cancelGrace = Duration.seconds(10)
  /// For a socket that takes nothing.
  package var writeStall = Duration.seconds(15)
  /// Between two requests for the same missing frame.
  package var resendPause = Duration.seconds(5)
  /// Random part of the first attempt to connect again.
  package var firstReconnect = Duration.milliseconds(250)
  /// Between two attempts, however many have failed.
  package var longestReconnect = Duration.seconds(30)
  /// Of a connection, until the next loss of it counts as the first.
  package var stable = Duration.seconds(10)
  /// For a sign of life after the machine has slept.
  package var wakeGrace = Duration.seconds(5)
  /// For acknowledgements after an agent was told to stop.
  package var stopGrace = Duration.seconds(5)

  package init() {}
}

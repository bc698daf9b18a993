/// What is to be done when a client leaves before it has its answer, as an event that its connection keeps.
package struct ClientDeparture: Sendable {
  package let action: @Sendable () -> Void
}

/// What an agent lets others ask of it; 0 is no limit.
///
/// Counted in the transaction that enters a task, so that many at one moment do not get past it together.
package struct TaskQuota: Sendable {
  package var callsPerHour: Int
  package var callsPerAccountPerDay: Int

  package init(callsPerHour: Int, callsPerAccountPerDay: Int) {
    self.callsPerHour = callsPerHour
    self.callsPerAccountPerDay = callsPerAccountPerDay
  }
}

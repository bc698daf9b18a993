#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Processor time of the calling thread for `work`: a busy machine does not lengthen it as it does the time of day.
package func processorTime(of work: () throws -> Void) rethrows -> Duration {
  let start = now()
  try work()
  return now() - start
}

private func now() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
}

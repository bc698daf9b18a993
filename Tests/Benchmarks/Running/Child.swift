import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A running program in a process group of its own.
///
/// When the value goes out of use, the program is ended and waited for.
struct Child: ~Copyable {
  /// What a program left behind that ended by itself.
  struct Ending: Sendable {
    /// 0 for success, else the exit status, or 128 and the number of the signal.
    var status: Int32
    /// From just before its start.
    var duration: Duration
    /// Bytes, the largest of the program and of those that it waited for.
    var peakMemory: Int
  }

  private let id: pid_t
  /// Nanoseconds of the monotonic clock.
  private let start: UInt64

  private init(adopting id: pid_t, start: UInt64) {
    self.id = id
    self.start = start
  }

  deinit {
    kill(-id, SIGTERM)
    var patience = 500
    while patience > 0, isRunning {
      patience -= 1
      usleep(10_000)
    }
    // What is left of the group, too: a pipeline's programs may outlive their shell.
    kill(-id, SIGKILL)
    waitpid(id, nil, 0)
  }

  static func start(_ command: Command) throws(Failure) -> Child {
    let files = SpawnFiles(command)
    let attributes = SpawnAttributes()
    let arguments = CStrings([command.program] + command.arguments)
    let variables = CStrings(command.variables)
    var id = pid_t()
    let start = DispatchTime.now().uptimeNanoseconds
    let status = files.withPointer { files in
      attributes.withPointer { attributes in
        posix_spawn(&id, command.program, files, attributes, arguments.pointers, variables.pointers)
      }
    }
    guard status == 0 else { throw Failure("cannot start \(command.program): \(String(cString: strerror(status)))") }
    return Child(adopting: id, start: start)
  }

  /// Whether it has not ended yet.
  var isRunning: Bool {
    var information = siginfo_t()
    let status = waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT)
    return status == 0 && information.si_signo == 0
  }

  /// What the program has used so far; Linux only.
  func usage() throws -> ProcessUsage { try ProcessUsage(of: id) }

  /// Sends a signal to the program alone.
  func send(_ signal: Int32) { kill(id, signal) }

  /// Waits for its end; after `limit` it is killed.
  consuming func wait(atMost limit: Duration = .seconds(120)) -> Ending {
    let watchdog = Watchdog(killing: id, after: limit)
    var information = siginfo_t()
    while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    let duration = Duration.nanoseconds(DispatchTime.now().uptimeNanoseconds - start)
    watchdog.callOff()
    var status: Int32 = 0
    var usage = rusage()
    wait4(id, &status, 0, &usage)
    let signal = status & 0x7F
    let ending = Ending(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, duration: duration,
      peakMemory: usage.ru_maxrss * Self.memoryUnit)
    discard self
    return ending
  }

  #if canImport(Darwin)
    private static let memoryUnit = 1
  #else
    private static let memoryUnit = 1 << 10
  #endif
}

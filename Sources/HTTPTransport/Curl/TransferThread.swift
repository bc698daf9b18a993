import CCurl
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The mailbox of the one thread that runs libcurl for a transport.
///
/// Everything of libcurl lives on that thread's stack; others only leave commands here and wake it. It starts with the
/// first command or with `prepare()`, and ends with `stop()`.
final class TransferThread: Sendable {
  enum Command: Sendable {
    case start(TransferOrder)
    case resume(Completion)
    case cancel(Completion)
  }

  /// Loads libcurl; whoever comes second waits for the first and gets the same.
  typealias Library = @Sendable () -> Result<agentmesh_curl, TransportError>

  private struct State {
    var commands: [Command] = []
    var isRunning = false
    var isStopping = false
    var waker: MultiHandle.Waker?
  }

  private let state = Mutex(State())
  private let connectionsPerHost: Int
  private let connections: Int
  private let library: Library

  init(connectionsPerHost: Int, connections: Int, library: @escaping Library = { CurlLibrary.loaded }) {
    self.connectionsPerHost = connectionsPerHost
    self.connections = connections
    self.library = library
  }

  func post(_ command: Command) { start([command]) }

  /// Starts the thread, which loads libcurl, before there is anything to do.
  func prepare() { start([]) }

  private func start(_ commands: [Command]) {
    let isFirst = state.withLock { state in
      state.commands += commands
      state.waker?.wake()
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if isFirst { launch() }
  }

  /// Waits for the library when the thread loads it.
  func settle() {
    if state.withLock(\.isRunning) { _ = library() }
  }

  /// Ends the thread; transfers that still run are cancelled.
  func stop() {
    state.withLock { state in
      state.isStopping = true
      state.waker?.wake()
    }
  }

  private func launch() {
    let status = DetachedThread.start { self.run() }
    guard status == 0 else {
      return fail(TransportError(.outOfMemory, at: "the network thread", detail: String(cString: strerror(status))))
    }
  }

  private func run() {
    let loop: TransferLoop
    do {
      let library = try self.library().get()
      loop = try TransferLoop(library, connectionsPerHost: connectionsPerHost, connections: connections)
    } catch {
      return fail(error)
    }
    state.withLock { $0.waker = loop.waker }
    while let commands = nextCommands() {
      loop.turn(commands)
    }
    // Nobody may wake a handle that is gone.
    state.withLock { $0.waker = nil }
    loop.close()
    fail(TransportError(.cancelled, at: "a closed transport"))
  }

  /// Nil when the thread is to end.
  private func nextCommands() -> [Command]? {
    state.withLock { state in
      if state.isStopping { return nil }
      defer { state.commands = [] }
      return state.commands
    }
  }

  /// Answers every waiting order with `error`; the next command starts a new thread.
  private func fail(_ error: TransportError) {
    let commands = state.withLock { state in
      state.isRunning = false
      defer { state.commands = [] }
      return state.commands
    }
    for case .start(let order) in commands {
      order.completion.settle(.failure(ExchangeFailure(error: error, hasBegun: false)))
    }
  }
}

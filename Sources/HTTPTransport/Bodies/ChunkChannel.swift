import Synchronization

/// Carries a body from the transfer to one reader, a bounded number of bytes at a time.
///
/// A reader that is slow pauses the transfer; one that goes away ends it.
final class ChunkChannel: ResponseSink {
  /// Bytes that may wait for the reader before the transfer is paused.
  static let capacity = 256 << 10

  typealias Element = Result<[UInt8]?, TransportError>

  private struct State {
    var chunks: [[UInt8]] = []
    var byteCount = 0
    var isPaused = false
    /// How it ended; nil inside for well.
    var end: TransportError??
    var waiter: CheckedContinuation<Element, Never>?
  }

  private let state = Mutex(State())
  let url: HTTPURL
  private let completion: Completion
  private let thread: TransferThread

  init(_ completion: Completion, of url: HTTPURL, on thread: TransferThread) {
    self.completion = completion
    self.url = url
    self.thread = thread
  }

  /// Puts a whole body in, for an answer that was already held in memory.
  func fill(_ body: [UInt8]) {
    state.withLock { state in
      state.chunks = body.isEmpty ? [] : [body]
      state.byteCount = body.count
      state.end = .some(nil)
    }
  }

  /// The next piece, nil at the end.
  func next() async throws(TransportError) -> [UInt8]? {
    let element = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let ready = poll(orWaitWith: continuation) { continuation.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }
    return try element.get()
  }

  /// Ends the transfer, unless it has ended, and drops what was not read.
  func cancel() {
    let isRunning = state.withLock { state in
      state.chunks = []
      state.byteCount = 0
      return state.end == nil
    }
    guard isRunning else { return }
    finish(TransportError(.cancelled, at: "\(url)"))
    completion.cancel()
    thread.post(.cancel(completion))
  }

  func accepts(_ head: ResponseHead) -> Bool { !RedirectChain.isProvisional(status: head.status) }

  func receive(_ bytes: UnsafeRawBufferPointer) -> SinkVerdict {
    let (verdict, waiter) = state.withLock { state -> (SinkVerdict, CheckedContinuation<Element, Never>?) in
      if let waiter = state.waiter {
        state.waiter = nil
        return (.taken, waiter)
      }
      guard state.byteCount < Self.capacity else {
        state.isPaused = true
        return (.full, nil)
      }
      state.chunks.append(Array(bytes))
      state.byteCount += bytes.count
      return (.taken, nil)
    }
    waiter?.resume(returning: .success(Array(bytes)))
    return verdict
  }

  func finish(_ error: TransportError?) {
    let waiter = state.withLock { state in
      if state.end == nil { state.end = .some(error) }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: error.map { .failure($0) } ?? .success(nil))
  }

  private func poll(orWaitWith continuation: CheckedContinuation<Element, Never>) -> Element? {
    let (element, resumes) = state.withLock { state -> (Element?, Bool) in
      if !state.chunks.isEmpty {
        let chunk = state.chunks.removeFirst()
        state.byteCount -= chunk.count
        let resumes = state.isPaused && state.byteCount <= Self.capacity / 2
        if resumes { state.isPaused = false }
        return (.success(chunk), resumes)
      }
      if let end = state.end { return (end.map { .failure($0) } ?? .success(nil), false) }
      state.waiter = continuation
      return (nil, false)
    }
    if resumes { thread.post(.resume(completion)) }
    return element
  }
}

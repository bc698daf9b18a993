import CCurl

/// The transfers of one thread and the connections that they share.
struct MultiHandle: ~Copyable {
  let library: agentmesh_curl
  private let address: UnsafeMutableRawPointer

  private init(adopting address: UnsafeMutableRawPointer, of library: agentmesh_curl) {
    self.library = library
    self.address = address
  }

  deinit { _ = library.multi_cleanup(address) }

  static func open(
    _ library: agentmesh_curl, connectionsPerHost: Int, connections: Int
  ) throws(TransportError) -> MultiHandle {
    guard let address = library.multi_init() else { throw TransportError(.outOfMemory, at: "libcurl") }
    let handle = MultiHandle(adopting: address, of: library)
    try handle.set(CURLMOPT_PIPELINING, to: agentmesh_multiplex)
    try handle.set(CURLMOPT_MAX_HOST_CONNECTIONS, to: connectionsPerHost)
    try handle.set(CURLMOPT_MAX_TOTAL_CONNECTIONS, to: connections)
    try handle.set(CURLMOPT_MAXCONNECTS, to: connections)
    return handle
  }

  /// Ends the wait of this handle from any thread, now or the next one.
  ///
  /// Valid as long as the handle lives.
  var waker: Waker { Waker(library: library, address: UInt(bitPattern: address)) }

  func add(_ easy: UnsafeMutableRawPointer) throws(TransportError) {
    try check(library.multi_add_handle(address, easy))
  }

  func remove(_ easy: UnsafeMutableRawPointer) {
    _ = library.multi_remove_handle(address, easy)
  }

  /// Moves every transfer as far as it goes without waiting.
  func perform() throws(TransportError) {
    var running: CInt = 0
    try check(library.multi_perform(address, &running))
  }

  /// The next transfer that has ended, or nil.
  func nextEnded() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
    var left: CInt = 0
    while let message = library.multi_info_read(address, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      return (easy, message.pointee.data.result)
    }
    return nil
  }

  /// Waits until a transfer can go on, a deadline has come or the waker was used.
  func wait(milliseconds: CInt) throws(TransportError) {
    try check(library.multi_poll(address, nil, 0, milliseconds, nil))
  }

  /// As above, and until `socket` can be read from or written to, as asked.
  func wait(
    milliseconds: CInt, for socket: curl_socket_t, reading: Bool, writing: Bool
  ) throws(TransportError) {
    // A socket of which nothing is wanted would still end the wait once the other end is gone.
    guard reading || writing else { return try wait(milliseconds: milliseconds) }
    let events = (reading ? CURL_WAIT_POLLIN : 0) | (writing ? CURL_WAIT_POLLOUT : 0)
    var more = curl_waitfd(fd: socket, events: Int16(events), revents: 0)
    try check(library.multi_poll(address, &more, 1, milliseconds, nil))
  }

  private func set(_ option: CURLMoption, to value: Int) throws(TransportError) {
    let status = withUnsafePointer(to: library) { agentmesh_set_multi($0, address, option, value) }
    try check(status)
  }

  private func check(_ status: CURLMcode) throws(TransportError) {
    if status == CURLM_OK { return }
    let code: TransportError.Code = status == CURLM_OUT_OF_MEMORY ? .outOfMemory : .protocolError
    throw TransportError(code, at: "libcurl", detail: "multi handle: status \(status.rawValue)")
  }

  struct Waker: Sendable {
    fileprivate let library: agentmesh_curl
    /// The handle as a number, because only this one call may use it from another thread.
    fileprivate let address: UInt

    func wake() { _ = library.multi_wakeup(UnsafeMutableRawPointer(bitPattern: address)) }
  }
}

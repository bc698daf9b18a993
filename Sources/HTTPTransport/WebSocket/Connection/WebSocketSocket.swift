import CCurl

/// A bare connection that libcurl has made: proxies, certificates and names are its business, the bytes are ours.
///
/// Belongs to one thread.
struct WebSocketSocket: ~Copyable {
  private let multi: MultiHandle
  private let easy: EasyHandle
  private let url: HTTPURL

  private init(adopting easy: consuming EasyHandle, in multi: consuming MultiHandle, to url: HTTPURL) {
    self.easy = easy
    self.multi = multi
    self.url = url
  }

  // Before either handle is freed.
  deinit { multi.remove(easy.address) }

  /// Begins to connect to where `order` leads, without sending its request.
  static func open(_ order: TransferOrder, with library: agentmesh_curl) throws(TransportError) -> WebSocketSocket {
    let multi = try MultiHandle.open(library, connectionsPerHost: 1, connections: 1)
    var easy = try EasyHandle.open(library)
    easy.apply(order)
    easy.applyConnectOnly()
    do throws(CurlStatus) {
      try easy.check()
    } catch {
      throw error.error(at: order.request.url, phase: .connect)
    }
    try multi.add(easy.address)
    return WebSocketSocket(adopting: easy, in: multi, to: order.request.url)
  }

  var waker: MultiHandle.Waker { multi.waker }

  /// Moves the connecting as far as it goes without waiting; true when it is done.
  func connect() throws(TransportError) -> Bool {
    try multi.perform()
    guard let (_, code) = multi.nextEnded() else { return false }
    if code == CURLE_OK { return true }
    if easy.number(CURLINFO_HTTP_CONNECTCODE) >= 300 {
      throw TransportError(.proxy, at: "\(url)", detail: easy.status(code).message)
    }
    throw easy.status(code).error(at: url, phase: .connect)
  }

  /// Bytes that have come: empty at the end, nil when there are none yet.
  func read(atMost count: Int) throws(TransportError) -> [UInt8]? {
    var status = CURLE_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, received in
      status = easy.library.easy_recv(easy.address, buffer.baseAddress, buffer.count, &received)
      if status != CURLE_OK { received = 0 }
    }
    if status == CURLE_AGAIN { return nil }
    try check(status)
    return bytes
  }

  /// The number of bytes that the system took, 0 when it takes none yet.
  func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Int {
    var sent = 0
    let status = bytes.withUnsafeBytes { easy.library.easy_send(easy.address, $0.baseAddress, $0.count, &sent) }
    if status == CURLE_AGAIN { return 0 }
    try check(status)
    return sent
  }

  /// Waits until connecting can go on, or somebody uses the waker.
  func waitToConnect(_ time: Duration) throws(TransportError) {
    try multi.wait(milliseconds: Self.milliseconds(time))
  }

  /// Waits until the connection can be read from or written to, as asked, or somebody uses the waker.
  func wait(_ time: Duration, reading: Bool, writing: Bool) throws(TransportError) {
    guard let socket = easy.socket else {
      throw TransportError(.connectionLost, at: "\(url)")
    }
    try multi.wait(milliseconds: Self.milliseconds(time), for: socket, reading: reading, writing: writing)
  }

  private func check(_ status: CURLcode) throws(TransportError) {
    guard status == CURLE_OK else { throw easy.status(status).error(at: url, phase: .stall) }
  }

  /// Rounded up, so that a deadline has come when the wait for it ends.
  private static func milliseconds(_ time: Duration) -> CInt { CInt(clamping: max(0, time.milliseconds + 1)) }
}

extension EasyHandle {
  /// Has libcurl connect, through a tunnel where there is a proxy, and leave the rest to us.
  fileprivate mutating func applyConnectOnly() {
    set(CURLOPT_CONNECT_ONLY, to: 1)
    // Else the server may choose HTTP/2 while TLS is agreed on.
    set(CURLOPT_HTTP_VERSION, to: agentmesh_http1)
    set(CURLOPT_HTTPPROXYTUNNEL, to: 1)
    // The answer of a proxy would go to standard output.
    set(CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
  }

  /// Nil when the connection is gone.
  fileprivate var socket: curl_socket_t? {
    var socket: curl_socket_t = -1
    let status = withUnsafePointer(to: library) { agentmesh_get_socket($0, address, CURLINFO_ACTIVESOCKET, &socket) }
    return status == CURLE_OK && socket != -1 ? socket : nil
  }
}

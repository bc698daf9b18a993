import CCurl

extension EasyHandle {
  /// Bytes of a body before which `Expect: 100-continue` lets the server refuse.
  private static let sizeWorthAsking = 1 << 20

  mutating func apply(_ order: TransferOrder) {
    applyRules(order)
    applyRequest(order)
    applyTimeouts(order)
  }

  /// What no request can change.
  private mutating func applyRules(_ order: TransferOrder) {
    set(CURLOPT_PROTOCOLS_STR, to: "http,https")
    set(CURLOPT_FOLLOWLOCATION, to: 0)
    set(CURLOPT_NOSIGNAL, to: 1)
    set(CURLOPT_NETRC, to: agentmesh_ignore_netrc)
    set(CURLOPT_HTTP09_ALLOWED, to: 0)
    set(CURLOPT_HTTP_VERSION, to: agentmesh_http2_over_tls)
    set(CURLOPT_PIPEWAIT, to: 1)
    set(CURLOPT_TCP_KEEPALIVE, to: 1)
    set(CURLOPT_BUFFERSIZE, to: 128 << 10)
    set(CURLOPT_SSLVERSION, to: agentmesh_tls_1_2)
    set(CURLOPT_SSL_VERIFYPEER, to: 1)
    set(CURLOPT_SSL_VERIFYHOST, to: 2)
    if let file = order.trust.file { set(CURLOPT_CAINFO, to: file) }
    if let folder = order.trust.folder { set(CURLOPT_CAPATH, to: folder) }
    // An empty text means "none" where no text would mean "look into the environment".
    set(CURLOPT_PROXY, to: order.proxy ?? "")
    set(CURLOPT_NOPROXY, to: order.proxyExceptions ?? "")
    set(CURLOPT_HEADEROPT, to: agentmesh_separate_headers)
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, to: 1)
  }

  private mutating func applyRequest(_ order: TransferOrder) {
    let request = order.request
    set(CURLOPT_URL, to: request.url.text)
    if let address = request.address {
      // For any host and any port: the address, and the port of the URL. Connections are told apart by it, too.
      setList(CURLOPT_CONNECT_TO, to: ["::" + (address.contains(":") ? "[\(address)]" : address) + ":"])
    }
    set(CURLOPT_USERAGENT, to: order.userAgent)
    if order.isCompressible { set(CURLOPT_ACCEPT_ENCODING, to: "") }
    // libcurl would ask before every body, however small.
    setHeaders(order.headerLines + (request.body.size > Self.sizeWorthAsking ? [] : ["Expect:"]))
    switch (request.method, request.body.isNone) {
    case (.get, true): set(CURLOPT_HTTPGET, to: 1)
    case (.head, true): set(CURLOPT_NOBODY, to: 1)
    case (.delete, true): set(CURLOPT_CUSTOMREQUEST, to: request.method.rawValue)
    default:
      set(CURLOPT_UPLOAD, to: 1)
      set(CURLOPT_INFILESIZE_LARGE, toSize: request.body.size)
      set(CURLOPT_CUSTOMREQUEST, to: request.method.rawValue)
      // A refusal of a large body then costs nothing, and a server that does not know the question 250 ms.
      set(CURLOPT_EXPECT_100_TIMEOUT_MS, to: 250)
    }
  }

  private mutating func applyTimeouts(_ order: TransferOrder) {
    set(CURLOPT_CONNECTTIMEOUT_MS, to: max(1, order.timeouts.connect.milliseconds))
    if let stall = order.timeouts.stall {
      set(CURLOPT_LOW_SPEED_LIMIT, to: max(1, order.timeouts.minimumRate))
      set(CURLOPT_LOW_SPEED_TIME, to: max(1, (stall.milliseconds + 999) / 1000))
    }
    if let remaining = order.remaining { set(CURLOPT_TIMEOUT_MS, to: max(1, remaining.milliseconds)) }
  }

  /// Has libcurl call a `Transfer`, which must stay alive until the handle is closed.
  mutating func call(back transfer: UnsafeMutableRawPointer) {
    set(CURLOPT_HEADERDATA, to: transfer)
    set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      guard let context else { return 0 }
      let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return Transfer.at(context).take(header: line) ? size * count : 0
    }
    set(CURLOPT_WRITEDATA, to: transfer)
    set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let context else { return 0 }
      return Transfer.at(context).take(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    // Without a body libcurl must not fall back to reading standard input.
    set(CURLOPT_READDATA, to: transfer)
    set(CURLOPT_READFUNCTION) { bytes, size, count, context in
      guard let context else { return 0 }
      return Transfer.at(context).fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    }
    set(CURLOPT_SEEKDATA, to: transfer)
    setSeek { context, offset, origin in
      guard let context, origin == SEEK_SET, Transfer.at(context).rewind(to: Int(offset)) else {
        return CURL_SEEKFUNC_FAIL
      }
      return CURL_SEEKFUNC_OK
    }
  }
}

extension Transfer {
  /// The transfer whose address libcurl was given.
  fileprivate static func at(_ context: UnsafeMutableRawPointer) -> Transfer {
    Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }
}

extension Duration {
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(clamping: seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}

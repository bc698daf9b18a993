#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One kept-open connection to a server on this machine: a request out, its answer in, then the next.
struct HTTPConnection: ~Copyable {
  private let socket: Int32
  private var received: [UInt8] = []

  private init(adopting socket: Int32) {
    self.socket = socket
  }

  deinit { close(socket) }

  /// - Parameter patience: Seconds without a byte after which it fails.
  static func open(port: UInt16, patience: Int = 10) throws(Failure) -> HTTPConnection {
    #if canImport(Glibc)
      let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw Failure("no socket: errno \(errno)") }
    let connection = HTTPConnection(adopting: descriptor)
    connection.configure(patience)
    var address = Loopback.address(port: port)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Failure("cannot connect to port \(port): errno \(errno)") }
    return connection
  }

  /// Sends a whole request and waits for the whole answer.
  mutating func answer(to request: [UInt8]) throws(Failure) -> HTTPAnswer {
    try write(request)
    var answer = try head()
    let length = try bodyLength(of: answer)
    while received.count < length { try readMore() }
    answer.body = Array(received[..<length])
    received.removeFirst(length)
    return answer
  }

  /// The status of an answer of which the body is received and not kept.
  mutating func status(of request: [UInt8]) throws(Failure) -> Int {
    try write(request)
    let answer = try head()
    var rest = try bodyLength(of: answer)
    while rest > received.count {
      rest -= received.count
      received.removeAll(keepingCapacity: true)
      try readMore()
    }
    received.removeFirst(rest)
    return answer.status
  }

  private mutating func head() throws(Failure) -> HTTPAnswer {
    while true {
      if let end = endOfHead() {
        guard let answer = HTTPAnswer(head: received[..<end]) else {
          throw Failure("the server does not speak HTTP/1.1")
        }
        received.removeFirst(end + 4)
        return answer
      }
      try readMore()
    }
  }

  private func bodyLength(of answer: HTTPAnswer) throws(Failure) -> Int {
    if answer.status == 304 || answer.status == 204 { return 0 }
    guard let length = answer["content-length"].flatMap({ Int($0) }) else {
      throw Failure("an answer \(answer.status) came without its length")
    }
    return length
  }

  private func endOfHead() -> Int? {
    guard received.count >= 4 else { return nil }
    return (0...received.count - 4).first {
      received[$0] == 13 && received[$0 + 1] == 10 && received[$0 + 2] == 13 && received[$0 + 3] == 10
    }
  }

  private mutating func readMore() throws(Failure) {
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    let count = recv(socket, &chunk, chunk.count, 0)
    guard count > 0 else { throw Failure("the server closed the connection or fell silent") }
    received += chunk[..<count]
  }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Loopback.sendFlags) }
      guard count > 0 else { throw Failure("the server does not take the request: errno \(errno)") }
      sent += count
    }
  }

  private func configure(_ patience: Int) {
    var timeout = timeval(tv_sec: patience, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
    var yes: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    #if canImport(Darwin)
      setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }
}

import CCurl

/// One transfer of libcurl: its options before, its facts after.
///
/// A failed option is kept and reported by `check()`, so that a list of options reads as one.
struct EasyHandle: ~Copyable {
  let library: agentmesh_curl
  /// Identifies the handle to the multi handle that drives it.
  let address: UnsafeMutableRawPointer
  private let message: UnsafeMutablePointer<CChar>
  private var lists: [UnsafeMutablePointer<curl_slist>] = []
  private var refused: CURLcode = CURLE_OK

  private init(adopting address: UnsafeMutableRawPointer, of library: agentmesh_curl) {
    self.library = library
    self.address = address
    message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    library.easy_cleanup(address)
    for list in lists { library.slist_free_all(list) }
    message.deallocate()
  }

  static func open(_ library: agentmesh_curl) throws(TransportError) -> EasyHandle {
    guard let address = library.easy_init() else { throw TransportError(.outOfMemory, at: "libcurl") }
    var handle = EasyHandle(adopting: address, of: library)
    handle.set(CURLOPT_ERRORBUFFER, to: UnsafeMutableRawPointer(handle.message))
    return handle
  }

  mutating func set(_ option: CURLoption, to value: Int) {
    withUnsafePointer(to: library) { keep(agentmesh_set_long($0, address, option, value)) }
  }

  mutating func set(_ option: CURLoption, toSize value: Int) {
    withUnsafePointer(to: library) { keep(agentmesh_set_size($0, address, option, curl_off_t(value))) }
  }

  mutating func set(_ option: CURLoption, to value: String?) {
    withUnsafePointer(to: library) { keep(agentmesh_set_text($0, address, option, value)) }
  }

  mutating func set(_ option: CURLoption, to value: UnsafeMutableRawPointer?) {
    withUnsafePointer(to: library) { keep(agentmesh_set_pointer($0, address, option, value)) }
  }

  mutating func set(_ option: CURLoption, calling callback: agentmesh_transfer) {
    withUnsafePointer(to: library) { keep(agentmesh_set_transfer($0, address, option, callback)) }
  }

  mutating func setSeek(calling callback: agentmesh_seek) {
    withUnsafePointer(to: library) { keep(agentmesh_set_seek($0, address, callback)) }
  }

  mutating func setHeaders(_ lines: [String]) { setList(CURLOPT_HTTPHEADER, to: lines) }

  /// libcurl copies no list: it lives as long as the handle.
  mutating func setList(_ option: CURLoption, to lines: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = library.slist_append(list, line) else {
        keep(CURLE_OUT_OF_MEMORY)
        break
      }
      list = longer
    }
    guard let list else { return }
    lists.append(list)
    set(option, to: UnsafeMutableRawPointer(list))
  }

  /// The status of the first option that was refused.
  func check() throws(CurlStatus) {
    guard refused == CURLE_OK else { throw CurlStatus(code: refused, message: library.text(of: refused)) }
  }

  func number(_ info: CURLINFO) -> Int {
    var value = 0
    _ = withUnsafePointer(to: library) { agentmesh_get_long($0, address, info, &value) }
    return value
  }

  func size(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    _ = withUnsafePointer(to: library) { agentmesh_get_size($0, address, info, &value) }
    return Int(value)
  }

  func text(_ info: CURLINFO) -> String? {
    var value: UnsafePointer<CChar>?
    _ = withUnsafePointer(to: library) { agentmesh_get_text($0, address, info, &value) }
    return value.map { String(cString: $0) }
  }

  /// A status of the whole transfer with libcurl's words for this very case.
  func status(_ code: CURLcode) -> CurlStatus {
    let words = String(cString: message)
    return CurlStatus(code: code, message: words.isEmpty ? library.text(of: code) : words)
  }

  func resume() -> CURLcode { library.easy_pause(address, CURLPAUSE_CONT) }

  private mutating func keep(_ status: CURLcode) {
    if refused == CURLE_OK { refused = status }
  }
}

import CCurl

/// libcurl, loaded and initialised when it is first asked for.
enum CurlLibrary {
  static let loaded: Result<agentmesh_curl, TransportError> = load()

  #if canImport(Darwin)
    private static let names = ["/usr/lib/libcurl.4.dylib", "libcurl.4.dylib"]
  #else
    private static let names = ["libcurl.so.4", "libcurl-gnutls.so.4"]
  #endif

  private static func load() -> Result<agentmesh_curl, TransportError> {
    var library = agentmesh_curl()
    var reason = "no name to look for"
    for name in names {
      guard let failure = agentmesh_curl_load(&library, name) else { return initialised(library) }
      reason = String(cString: failure)
    }
    return .failure(TransportError(.unavailable, at: "libcurl", detail: reason))
  }

  private static func initialised(_ library: agentmesh_curl) -> Result<agentmesh_curl, TransportError> {
    let status = library.global_init(Int(CURL_GLOBAL_DEFAULT))
    guard status == CURLE_OK else {
      return .failure(TransportError(.unavailable, at: "libcurl", detail: library.text(of: status)))
    }
    ExitGate.install()
    return .success(library)
  }
}

extension agentmesh_curl {
  /// libcurl's own words for a status.
  func text(of status: CURLcode) -> String { easy_strerror(status).map { String(cString: $0) } ?? "" }
}

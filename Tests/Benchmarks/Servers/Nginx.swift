import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// nginx with its standard settings, serving given answers as static files; it stops when the value goes out of use.
struct Nginx: ~Copyable {
  /// A file and the headers that go with it.
  struct Page: Sendable {
    var name: String
    var answer: HTTPAnswer
  }

  let port: UInt16
  private let process: Child

  static func start(_ program: String, workers: Int, _ pages: [Page], in scratch: Scratch) throws -> Nginx {
    let name = "nginx-\(workers)"
    let folder = try scratch.emptyFolder(name).string
    for page in pages { try scratch.write("\(name)/pages/\(page.name)", page.answer.body) }
    let port = try Loopback.freePort()
    let settings = configuration(port: port, workers: workers, folder: folder, pages)
    try scratch.write("\(name)/nginx.conf", Array(settings.utf8))
    let command = Command(program, ["-p", folder, "-e", "\(folder)/errors", "-c", "\(folder)/nginx.conf"])
    let process = try Child.server("nginx", command, on: port, errors: scratch["\(name)/startup-errors"])
    return Nginx(port: port, process: process)
  }

  private init(port: UInt16, process: consuming Child) {
    self.port = port
    self.process = process
  }

  private static func configuration(port: UInt16, workers: Int, folder: String, _ pages: [Page]) -> String {
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }
    return """
      daemon off;
      \(geteuid() == 0 ? "user root;" : "")
      worker_processes \(workers);
      pid \(folder)/pid;
      events { worker_connections 768; }
      http {
        access_log off;
        sendfile on;
        tcp_nopush on;
        keepalive_requests 1000000000;
        types { }
        \(temporary.joined(separator: "\n  "))
        server {
          listen 127.0.0.1:\(port);
          root \(folder)/pages;
          \(pages.map(location).joined(separator: "\n    "))
        }
      }
      """
  }

  /// nginx makes length, date, tag and ranges itself; every other header is given to it.
  private static func location(_ page: Page) -> String {
    let own: Set<String> = [
      "content-length", "content-type", "date", "etag", "accept-ranges", "server", "connection", "last-modified",
    ]
    let headers = page.answer.headers.filter { !own.contains($0.name.lowercased()) }
      .map { "add_header \($0.name) '\($0.value)';" }
    let type = page.answer["content-type"] ?? "application/octet-stream"
    return "location = /\(page.name) { default_type '\(type)'; \(headers.joined(separator: " ")) }"
  }
}

import HTTPTypes
import Hummingbird
import RegistryAPI
import Skills

/// What was asked for is under another name now, to which its author was renamed.
struct MovedAuthor: Error {
  let name: AuthorName

  /// Leads to the same path with the present name, method, body and query kept (RFC 9110, section 15.4.9).
  ///
  /// It is not to be kept by anybody: a former name can be taken back.
  func response(to request: Request) -> Response {
    let path = request.uri.path
    let row = Endpoint.row(request.method.rawValue, at: path)
    let moved = row?.route.path(path, with: name.rawValue, for: ":author") ?? path
    let query = request.uri.query.map { "?" + $0 } ?? ""
    return Response(
      status: .permanentRedirect,
      headers: [.location: moved + query, .cacheControl: Caching.never.rawValue])
  }
}

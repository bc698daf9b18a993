import Hummingbird
import NIOCore
import RegistryAPI
import RegistryStore
import SkillArchive
import Skills

extension MeshError {
  /// What an error of a handler means to a client; what fails on this machine is no business of clients.
  init(ofHandler error: any Error) {
    switch error {
    case ArchiveError.file(let error): self = StoreFailure(error).meshError
    case let error as any MeshErrorConvertible where error.meshError.code.isForClients: self = error.meshError
    case is ChannelError, is CancellationError: self.init(.cancelled, "the request was given up")
    case let error as HTTPError where error.status == .contentTooLarge:
      self.init(.payloadTooLarge, "the request body is too large")
    case let error as HTTPError where error.status.code < 500:
      self.init(.invalidRequest, "the request cannot be served")
    default: self.init(.internalError, "the registry failed to answer", hint: "Try again later.")
    }
  }

  /// What a request means for which the router has no endpoint: another method (RFC 9110, section 15.5.6), or nothing.
  init(withoutEndpoint path: String) {
    let methods = Endpoint.methods(at: path)
    if methods.isEmpty {
      self.init(.notFound, "there is nothing at this path")
    } else {
      self.init(
        .methodNotAllowed, "this path does not take that method", headers: ["Allow": methods.joined(separator: ", ")])
    }
  }

  static func unknownAuthor(_ name: AuthorName) -> MeshError {
    MeshError(.notFound, "there is no author \(name)", hint: "Check the name.")
  }

  /// A part that lies beyond the end of `size` bytes (RFC 9110, section 15.5.17).
  static func rangeNotSatisfiable(size: Int) -> MeshError {
    MeshError(
      .rangeNotSatisfiable, "the range lies beyond the \(size) bytes that there are",
      headers: ["Content-Range": "bytes */\(size)"])
  }
}

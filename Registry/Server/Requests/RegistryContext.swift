import Hummingbird
import Logging
import NIOCore

/// What a request comes with beside itself: its logger, its path's parts and its connection.
struct RegistryContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

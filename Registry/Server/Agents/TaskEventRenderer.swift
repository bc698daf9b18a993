import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI

/// Turns what the log of a task says into the events of one kind of stream.
protocol TaskEventRenderer: Sendable {
  /// What comes before everything.
  mutating func opening() throws -> ByteBuffer
  mutating func render(_ reading: TaskReading) throws -> ByteBuffer
}

extension Reply {
  /// A stream that ends with the task; whoever leaves it before can come back, and the task goes on.
  ///
  /// - Parameters:
  ///   - room: What was reserved for it before the task was begun.
  ///   - leave: What is done when the client is gone before the end.
  static func stream(
    _ events: TaskEvents, as renderer: some TaskEventRenderer, holding room: ByteBudget.Reservation,
    headers: HTTPFields = [:], onDeparture leave: @escaping @Sendable () async throws -> Void = {}
  ) -> Reply {
    var fields = headers
    fields[.contentType] = ServerSentEvent.mediaType
    return Reply(
      headers: fields,
      body: .events(room) { writer in
        do {
          try await write(events, as: renderer, to: &writer)
        } catch {
          try await leave()
          throw error
        }
      })
  }

  private static func write(
    _ events: TaskEvents, as renderer: some TaskEventRenderer, to writer: inout any ResponseBodyWriter
  ) async throws {
    var renderer = renderer
    try await writer.write(try renderer.opening())
    for try await reading in events {
      let bytes = try renderer.render(reading)
      if bytes.readableBytes > 0 { try await writer.write(bytes) }
    }
  }
}

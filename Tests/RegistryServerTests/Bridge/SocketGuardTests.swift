import NIOCore
import NIOEmbedded
import Testing

@testable import RegistryServer

/// When the socket of an agent that takes little is closed.
@Suite struct SocketGuardTests {
  @Test func `an agent that is only slow stays, and one that takes nothing is let go`() throws {
    var limits = RegistryLimits()
    limits.registrationTimeout = 3_600
    let (count, channel) = (SocketCount(limits), EmbeddedChannel())
    defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
    let slot = try #require(count.open(channel, from: nil))
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(SocketGuard(slot, address: AddressSlot(isAdmitted: true), limits: limits))
    // As much as has to be taken until it is looked again.
    let piece = ByteBuffer(repeating: 0, count: limits.minimumSocketRate * limits.socketStallTimeout)
    let pause = TimeAmount.seconds(Int64(limits.socketStallTimeout))
    pipeline.write(NIOAny(piece), promise: nil)
    channel.isWritable = false
    channel.pipeline.fireChannelWritabilityChanged()
    for _ in 0..<4 {
      channel.flush()
      pipeline.write(NIOAny(piece), promise: nil)
      channel.embeddedEventLoop.advanceTime(by: pause)
      #expect(count.all == 1)
    }
    channel.embeddedEventLoop.advanceTime(by: pause)
    channel.embeddedEventLoop.run()
    #expect(count.all == 0)
  }

  @Test func `bytes of a registered agent are a sign of life before they are a frame`() throws {
    let limits = RegistryLimits()
    let (count, channel, activity) = (SocketCount(limits), EmbeddedChannel(), SocketActivity())
    defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
    let place = try #require(count.open(channel, from: nil))
    try channel.pipeline.syncOperations.addHandler(
      SocketGuard(place, address: AddressSlot(isAdmitted: true), limits: limits))
    try channel.writeInbound(ByteBuffer(string: "a"))
    #expect(!activity.take())
    channel.triggerUserOutboundEvent(SocketRegistered(activity: activity), promise: nil)
    try channel.writeInbound(ByteBuffer(string: "b"))
    #expect(activity.take())
    #expect(!activity.take())
  }
}

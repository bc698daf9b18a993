import HTTPTransport
import RegistryClient
import Testing

@Suite struct TransferTimeoutTests {
  @Test func `every exchange has an end, which is later for more bytes`() {
    #expect(Timeouts().allowing(transferOf: 0).total == .seconds(124))
    #expect(Timeouts().allowing(transferOf: 16 << 20).total == .seconds(124 + 1_024))
  }

  @Test func `a bound that somebody set stays`() {
    #expect(Timeouts(total: .seconds(3)).allowing(transferOf: 1 << 30).total == .seconds(3))
  }
}

import CCurl

/// The transfers that run, on the one thread that may touch them.
final class TransferLoop {
  private static let longestWait: CInt = 60_000

  private let library: agentmesh_curl
  /// Nil once closed.
  private var multi: MultiHandle?
  private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]

  init(_ library: agentmesh_curl, connectionsPerHost: Int, connections: Int) throws(TransportError) {
    self.library = library
    multi = try MultiHandle.open(library, connectionsPerHost: connectionsPerHost, connections: connections)
  }

  var waker: MultiHandle.Waker? { multi?.waker }

  /// Obeys, moves every transfer, delivers what has ended and waits until there is more to do.
  func turn(_ commands: [TransferThread.Command]) {
    do throws(TransportError) {
      try ExitGate.pass { () throws(TransportError) in
        for command in commands { obey(command) }
        try multi?.perform()
        deliver()
      }
      try multi?.wait(milliseconds: Self.longestWait)
    } catch {
      ExitGate.pass { endAll(with: error) }
    }
  }

  func close() {
    ExitGate.pass {
      endAll(with: TransportError(.cancelled, at: "a closed transport"))
      multi = nil
    }
  }

  private func obey(_ command: TransferThread.Command) {
    switch command {
    case .start(let order): start(order)
    case .resume(let completion): transfer(of: completion)?.resume()
    case .cancel(let completion): cancel(completion)
    }
  }

  private func start(_ order: TransferOrder) {
    do throws(TransportError) {
      if order.completion.isCancelled { throw TransportError(.cancelled, at: "\(order.request.url)") }
      let transfer = try Transfer(order, with: library)
      try multi?.add(transfer.address)
      transfers[transfer.address] = transfer
    } catch {
      order.completion.settle(.failure(ExchangeFailure(error: error, hasBegun: false)))
    }
  }

  private func cancel(_ completion: Completion) {
    guard let transfer = transfer(of: completion) else { return }
    end(transfer, with: .failure(TransportError(.cancelled, at: "\(transfer.order.request.url)")))
  }

  private func deliver() {
    while let (easy, code) = multi?.nextEnded() {
      guard let transfer = transfers[easy] else { continue }
      end(transfer, with: transfer.verdict(on: code))
    }
  }

  private func endAll(with error: TransportError) {
    for transfer in Array(transfers.values) { end(transfer, with: .failure(error)) }
  }

  private func end(_ transfer: Transfer, with result: Result<Void, TransportError>) {
    multi?.remove(transfer.address)
    transfers[transfer.address] = nil
    transfer.finish(result)
  }

  private func transfer(of completion: Completion) -> Transfer? {
    transfers.values.first { $0.order.completion === completion }
  }
}

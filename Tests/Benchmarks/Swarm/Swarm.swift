import Foundation
import NIOCore
import NIOPosix

/// Many clients in a process of their own, on one thread: what they cost is nobody else's.
///
/// Prints lines: how many are connected, whenever that changes, and in the end what the load has measured.
enum Swarm {
  static let option = "--swarm"

  /// - Parameter arguments: The file of a plan, as JSON.
  static func run(_ arguments: [String]) throws {
    guard let file = arguments.first else { throw Failure("\(option) takes the file of a plan") }
    let plan = try JSONDecoder().decode(SwarmPlan.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
    Descriptors.raiseLimit()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let context = SwarmContext(network: try SwarmNetwork(group: group, port: plan.port, spacing: plan.spacing))
    let lanes = try begin(plan, context)
    guard let load = plan.load else { return report(context.status) }
    let deadline = ContinuousClock.now + .seconds(60)
    while context.load.laneCount < lanes, context.status.failure == nil {
      guard ContinuousClock.now < deadline else {
        throw Failure("of \(lanes) streams \(context.load.laneCount) began in a minute")
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
    // The last of what was written just now is read first.
    Thread.sleep(forTimeInterval: 0.5)
    if context.status.failure == nil { context.load.run(load, on: group.next()) }
    if let failure = context.status.failure { throw Failure(failure) }
    print(try SwarmLine.result(context.load.result(load)).text)
  }

  /// - Returns: Streams that there will be.
  private static func begin(_ plan: SwarmPlan, _ context: SwarmContext) throws -> Int {
    let lanes = plan.load?.lanes ?? 0
    switch plan.peer {
    case .agents(let agents, let caller):
      for (number, agent) in agents.enumerated() {
        SwarmAgent(agent, number: number, callers: lanes, caller: caller, context).start()
      }
      return agents.count * lanes
    case .echo(let sockets, let path):
      for number in 0..<sockets { EchoClient(number: number, path: path, lanes: lanes, context).start() }
      return sockets * lanes
    case .nats(let sockets):
      if lanes > 0 { NATSClient(number: 0, role: .responder, context).start() }
      for number in 1...sockets { NATSClient(number: number, role: .requester(lanes: lanes), context).start() }
      return sockets * lanes
    case .stuck(let request, let count):
      for number in 0..<count { context.network.leaveUnread(request, number: number, context.status) }
      return 0
    }
  }

  /// Says how many are connected until somebody ends this process, and on stderr why some may not be.
  private static func report(_ status: SwarmStatus) {
    var last: SwarmStatus.Counts?
    var saysWhy = false
    while true {
      if !saysWhy, let failure = status.failure {
        FileHandle.standardError.write(Data((failure + "\n").utf8))
        saysWhy = true
      }
      let counts = status.counts
      if counts != last, let line = try? SwarmLine.counts(counts).text {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
        last = counts
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }
}

/// What the clients of a swarm share.
struct SwarmContext: Sendable {
  let network: SwarmNetwork
  let status = SwarmStatus()
  let load = SwarmLoad()
}

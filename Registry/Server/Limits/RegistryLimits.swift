import NIOCore
import RegistryAPI
import RegistryStore
import SkillArchive

/// Every bound of the server.
///
/// The framework's own defaults are open.
package struct RegistryLimits: Sendable {
  package var archive = ArchiveLimits()
  /// Bytes of a whole publish request beside its archive: metadata, SKILL.md, part headers.
  package var formOverhead = 4 << 20
  /// Bytes of any other request body: twice what the largest batch of names and tags needs.
  package var smallBody = 256 << 10
  /// Bytes of a body of the platform, whose requests bring what its people have sent (protocol version 2, section 1).
  package var platformBody = 5 << 20
  /// Bytes of request bodies that are in memory, of one address or one connection of this machine.
  package var receivedPerClient = 16 << 20
  /// Bytes of request bodies that are in memory, of all together.
  package var received = 64 << 20
  package var headerBytes = 32 << 10
  package var headerFields = 100
  package var connections = 4_000
  /// Sockets of agents, beside those connections.
  package var agentSockets = 4_000
  /// Sockets that have not said which agent they are, and those among them from one address.
  package var unregisteredSockets = 512
  package var unregisteredSocketsPerAddress = 16
  /// Seconds until a socket has said which agent it is.
  package var registrationTimeout = 5
  /// Bytes of the first frame of a socket, and of what comes with it before it has said which agent it is.
  package var registrationBytes = 9 << 10
  /// Seconds after which it is looked how much an agent has taken of what waits for it, and bytes a second that it has
  /// to take.
  package var socketStallTimeout = 15
  package var minimumSocketRate = 1 << 10
  /// Seconds that the sockets of agents stay open while the database does not say whether they may.
  package var verificationTimeout = 300
  /// Seconds until the rights of each agent that is connected are looked at again.
  package var verificationInterval = 60
  /// Connections from one IPv4 address or one IPv6 network of 64 bits.
  package var connectionsPerAddress = 64
  /// Whether that holds for this machine, too, where a proxy may speak for everybody.
  package var countsLoopback = false
  /// Threads that unpack archives for readers.
  package var archiveReaders = 2
  /// Threads that inspect uploads and build zips: two at the least, so that small uploads of many need not wait for
  /// each other, and on larger machines half of what there is, so that readers keep the other half.
  package var archiveWriters = max(2, System.coreCount / 2)
  /// Bytes of a skill that is looked through for its page, all of which are in memory meanwhile.
  package var reviewedBytes = 16 << 20
  /// Requests that are answered at a time of each class that costs much: searches, those for many rows, and those for
  /// the whole answer to a task.
  package var costlyRequests = max(1, System.coreCount / 2)
  /// Jobs that may be open in each of these kinds of work.
  package var openJobs = 1_000
  /// Jobs of one client among them: as many as it may have connections.
  package var openJobsPerClient: Int { connectionsPerAddress }
  /// Requests of each class by one address, and by one account; what is not in it has no limit.
  ///
  /// Of this machine only those are counted whose class is guarded.
  package var rates: [RateClass: Rate] = [
    .read: Rate(3_000, perSeconds: 60), .search: Rate(300, perSeconds: 60), .batch: Rate(600, perSeconds: 60),
    .download: Rate(1_200, perSeconds: 60), .change: Rate(120, perSeconds: 60), .publish: Rate(600, perSeconds: 60),
    .poll: Rate(600, perSeconds: 60), .device: Rate(60, perSeconds: 3_600), .signUp: Rate(10, perSeconds: 3_600),
    .signIn: Rate(30, perSeconds: 3_600), .code: Rate(20, perSeconds: 3_600), .token: Rate(30, perSeconds: 3_600),
    .secretReport: Rate(120, perSeconds: 3_600), .call: Rate(600, perSeconds: 60),
  ]
  /// Questions of devices that wait for an approval.
  package var devicePace = DevicePace()
  /// Codes of devices that are typed in one session, and decisions about them.
  package var codesPerSession = Rate(5, perSeconds: 900)
  /// Bytes of one response that are in memory while its reader takes them; larger ones are sent in such pieces.
  package var responsePiece = 64 << 10
  /// Bytes that a large archive or file counts, which is read while it is sent: the piece, what the socket's queue
  /// holds, and the decoder.
  ///
  /// What is in memory already counts with its length.
  package var streamCost = 512 << 10
  /// Bytes that a stream of events counts: what the socket's queue holds, and the page of the log that is being sent.
  package var eventStreamCost = 64 << 10
  /// Bytes of responses under way to one address, or to one connection of this machine: one stream a connection.
  package var outstandingPerClient: Int { min(connectionsPerAddress, connections) * streamCost }
  /// Bytes of responses under way to all together.
  package var outstanding = 256 << 20
  /// Seconds from connecting, or from the first byte of a later request, to a complete request head.
  package var headTimeout = 10
  /// Seconds that a connection may rest between requests.
  package var idleTimeout = 30
  /// Seconds from a request head to the end of its body.
  package var bodyTimeout = 600
  /// Seconds without a byte of a request body, or with a response that the client does not read.
  package var stallTimeout = 30
  /// Bytes a second that a request body must keep, after the first `stallTimeout` seconds.
  package var minimumBodyRate = 1 << 10
  /// Seconds that a stopping server waits for requests in progress.
  package var drainTimeout = 30

  /// Descriptors that agent sockets leave for databases, archives and uploads, where there are many.
  private static let spareDescriptors = 500

  package init() {}

  /// Shares what the process may have open: at most half for HTTP, the rest for the sockets of agents.
  package mutating func share(descriptors: Int) {
    connections = max(1, min(connections, descriptors / 2))
    agentSockets = max(1, descriptors - connections - min(Self.spareDescriptors, descriptors / 8))
  }
}

import AgentNetwork
import BridgeProtocol
import Skills
import Synchronization

/// An agent that is online until it is stopped or refused: its link, what its owner hears of it, and its skills.
final class AgentConnection: Sendable {
  private enum Part: Sendable {
    case ended(LinkEnding)
    case registeredTooLate
    case other
  }

  /// Until the agent is online for the first time.
  private static let registrationTimeout = Duration.seconds(15)
  private static let lookInterval = Duration.seconds(5)

  private let link: AgentLink
  private let news: AsyncStream<LinkNews>
  private let skills: ProjectSkills
  private let talk: Talk
  /// Called once, when the agent is online for the first time.
  private let whenOnline: @Sendable () -> Void
  private let isRegistered = Mutex(false)
  private let lastReason = Mutex<String?>(nil)

  /// - Parameter news: What the link reports.
  init(
    link: AgentLink, news: AsyncStream<LinkNews>, skills: ProjectSkills, talk: Talk,
    whenOnline: @escaping @Sendable () -> Void
  ) {
    self.link = link
    self.news = news
    self.skills = skills
    self.talk = talk
    self.whenOnline = whenOnline
  }

  /// Returns when the link has ended, also by cancellation.
  ///
  /// - Throws: `timeout` when the agent did not get online at first; why the bridge refuses it.
  func run(announcing carried: [CarriedSkill]) async throws(MeshError) {
    link.announce(carried)
    let (ending, isLate) = await parts(carried)
    if isLate { throw tooLate }
    if let failure = Self.failure(ending) { throw failure }
  }

  private func parts(_ carried: [CarriedSkill]) async -> (LinkEnding, isLate: Bool) {
    await withTaskGroup(of: Part.self) { group in
      group.addTask { .ended(await self.link.run()) }
      group.addTask {
        await self.tell()
        return .other
      }
      group.addTask {
        await self.watchSkills(carried)
        return .other
      }
      group.addTask {
        do { try await Task.sleep(for: Self.registrationTimeout) } catch { return .other }
        return self.isRegistered.withLock { $0 } ? .other : .registeredTooLate
      }
      var isLate = false
      for await part in group {
        switch part {
        case .other: break
        case .registeredTooLate:
          isLate = true
          link.stop()
        case .ended(let ending):
          group.cancelAll()
          return (ending, isLate)
        }
      }
      return (.stopped, isLate)
    }
  }

  private func tell() async {
    for await item in news {
      switch item {
      case .online:
        let isFirst = isRegistered.withLock { isRegistered in
          defer { isRegistered = true }
          return !isRegistered
        }
        if isFirst { whenOnline() } else { talk.info("online again") }
      case .offline(let reason):
        lastReason.withLock { $0 = reason }
        talk.warn("offline: \(reason)")
      case .unreachable(let reason):
        lastReason.withLock { $0 = reason }
        // It was said that the agent is offline; each further try is not worth a line.
        talk.detail("not connected: \(reason)")
      case .started(let requestId): talk.detail("works on \(requestId, limit: 80)")
      case .finished(let requestId): talk.detail("has ended \(requestId, limit: 80)")
      case .trouble(let text): talk.warn("\(text)")
      }
    }
  }

  /// Announces the skills again when those of the project have changed.
  private func watchSkills(_ carried: [CarriedSkill]) async {
    // They may have changed since they were read: the first look is a whole one.
    var (known, stamp) = (carried, SkillStamp?.none)
    while true {
      do { try await Task.sleep(for: Self.lookInterval) } catch { return }
      let now = skills.stamp
      guard now != stamp else { continue }
      stamp = now
      let carried = verifiedSkills()
      if carried != known { link.announce(carried) }
      known = carried
    }
  }

  /// None while they cannot be read: then nothing says that they are what was locked.
  private func verifiedSkills() -> [CarriedSkill] {
    do throws(MeshError) {
      return try skills.carried()
    } catch {
      talk.warn("the skills of the project cannot be read, and are announced no more: \(error.message)")
      return []
    }
  }

  private var tooLate: MeshError {
    let reason: Message = lastReason.withLock { $0 }.map { ": \($0)" } ?? ""
    return MeshError(
      .timeout, "the agent is not online after \(Self.registrationTimeout)\(reason)",
      hint: "Check the address of the bridge, and whether the registry runs.")
  }

  private static func failure(_ ending: LinkEnding) -> MeshError? {
    switch ending {
    case .stopped: nil
    case .replaced:
      MeshError(.conflict, "another connection of this agent has taken the place of this one")
    case .revoked:
      MeshError(
        .unauthorized, "the token of this agent was revoked, or its owner disconnected it",
        hint: "Make a new ticket on the page of the agent, or log in: agent-mesh login")
    case .refused(let reason):
      MeshError(
        .unauthorized, "the bridge refused the agent: \(reason)",
        hint: "Check the id of the agent, and that the token may connect it: agent-mesh status --check")
    case .version(let reason):
      MeshError(.unavailable, "the bridge speaks another version: \(reason)", hint: "Update agent-mesh.")
    }
  }
}

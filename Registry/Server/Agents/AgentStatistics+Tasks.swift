import RegistryAPI
import RegistryStore

extension AgentStatistics {
  init(_ tasks: TaskStatistics) {
    self.init(
      totalCalls: tasks.total, completed: tasks.completed, failed: tasks.failed, avgDurationMs: tasks.averageDuration,
      callsByDay: tasks.days.map { Day(date: $0.date, count: $0.count) })
  }
}

extension OwnConversations.Conversation {
  init(_ conversation: TaskConversation) {
    self.init(
      sessionKey: conversation.sessionKey, title: conversation.title, lastActiveAt: conversation.lastActiveAt,
      isActive: conversation.isActive)
  }
}

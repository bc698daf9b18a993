/// A queue in which clients take turns: the next element is the oldest one of the client that has waited longest.
struct TurnQueue<Element> {
  private var order: [Client] = []
  private var waiting: [Client: [Element]] = [:]

  var isEmpty: Bool { order.isEmpty }

  mutating func append(_ element: Element, of client: Client) {
    if waiting[client, default: []].isEmpty { order.append(client) }
    waiting[client, default: []].append(element)
  }

  mutating func popFirst() -> Element? {
    guard !order.isEmpty else { return nil }
    let client = order.removeFirst()
    guard var elements = waiting.removeValue(forKey: client) else { return nil }
    let element = elements.removeFirst()
    if !elements.isEmpty {
      waiting[client] = elements
      order.append(client)
    }
    return element
  }
}

extension TurnQueue: Sendable where Element: Sendable {}

/// A queue in which clients take turns: the next element is the oldest one of the client that has waited longest.
struct TurnQueue<Element: Sendable>: Sendable {
  private var order: [Client] = []
  private var waiting: [Client: [Element]] = [:]

  private(set) var count = 0

  mutating func append(_ element: Element, of client: Client) {
    if waiting[client, default: []].isEmpty { order.append(client) }
    waiting[client, default: []].append(element)
    count += 1
  }

  mutating func popFirst() -> Element? {
    guard !order.isEmpty else { return nil }
    let client = order.removeFirst()
    guard var elements = waiting.removeValue(forKey: client) else { return nil }
    let element = elements.removeFirst()
    count -= 1
    if !elements.isEmpty {
      waiting[client] = elements
      order.append(client)
    }
    return element
  }

  /// Takes out the oldest element of a client that is meant; nil when none is.
  mutating func remove(of client: Client, where isMeant: (Element) -> Bool) -> Element? {
    guard var elements = waiting[client], let index = elements.firstIndex(where: isMeant) else { return nil }
    let element = elements.remove(at: index)
    count -= 1
    waiting[client] = elements.isEmpty ? nil : elements
    if elements.isEmpty { order.removeAll { $0 == client } }
    return element
  }
}

import Foundation

/// The real server on a real port, with its data in a folder of its own.
final class Registry: Sendable {
  let url: String
  let data: String
  private let process: RunningProcess

  private init(url: String, data: String, process: RunningProcess) {
    self.url = url
    self.data = data
    self.process = process
  }

  deinit {
    process.kill(SIGKILL)
  }

  /// Starts it and waits for the line with its address.
  ///
  /// - Parameters:
  ///   - options: Of `serve`, beside those that every test needs.
  ///   - wrapper: A program and its arguments to put in front, such as a tracer.
  static func start(
    data: String, listen: String = "127.0.0.1:0", options: [String] = [], wrapper: [String] = []
  ) async throws -> Registry {
    let level = options.contains("--log-level") ? [] : ["--log-level", "error"]
    let command = wrapper + [Program.registry, "serve", "--data", data, "--listen", listen] + level + options
    let process = try RunningProcess(command, environment: ["PATH": "/usr/bin:/bin"])
    guard let line = try await process.firstLine() else { throw Failure("the registry did not start") }
    return Registry(url: line, data: data, process: process)
  }

  /// Ends it and waits for it.
  func stop(_ signal: Int32 = SIGTERM) async {
    process.kill(signal)
    await process.end()
  }

  /// Waits until it has ended by itself.
  func end() async {
    await process.end()
  }

  func signal(_ number: Int32) {
    process.kill(number)
  }

  var id: Int32 { process.id }

  var isRunning: Bool { process.isRunning }

  struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
      self.description = description
    }
  }
}

/// A program that goes on while a test works with it.
final class RunningProcess: Sendable {
  /// Two that Foundation starts at once have crashed the tests.
  private static let starting = NSLock()
  private let process = Process()
  private let output = Pipe()

  init(_ command: [String], environment: [String: String], folder: String? = nil) throws {
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = environment
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    try Self.starting.withLock { try process.run() }
  }

  var isRunning: Bool { process.isRunning }

  var id: Int32 { process.processIdentifier }

  /// Whether it was ended by SIGKILL; false while it runs.
  var wasKilled: Bool {
    !process.isRunning && process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
  }

  /// What it exited with; nil while it runs, and when a signal ended it.
  var exitStatus: Int32? {
    !process.isRunning && process.terminationReason == .exit ? process.terminationStatus : nil
  }

  /// Waits until it has a socket; Linux only.
  func untilConnected() async throws {
    let folder = "/proc/\(id)/fd"
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline, isRunning {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let isConnected = names.contains { name in
        (try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + name))?.hasPrefix("socket:") == true
      }
      if isConnected { return }
      await Task.yield()
    }
    throw Registry.Failure("the program does not ask the registry")
  }

  func kill(_ signal: Int32) {
    if process.isRunning { Foundation.kill(process.processIdentifier, signal) }
  }

  /// The first line of its output that is wanted, or nil when it ends without one.
  func firstLine(where isWanted: @escaping @Sendable (String) -> Bool = { _ in true }) async throws -> String? {
    let handle = output.fileHandleForReading
    return await onThread {
      var bytes = Data()
      while true {
        while let end = bytes.firstIndex(of: 10) {
          let line = String(decoding: bytes[..<end], as: UTF8.self)
          if isWanted(line) { return line }
          bytes = Data(bytes[(end + 1)...])
        }
        let more = handle.availableData
        if more.isEmpty { return nil }
        bytes += more
      }
    }
  }

  func end() async {
    await onThread { self.process.waitUntilExit() }
  }

  private func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: work()) }
    }
  }
}

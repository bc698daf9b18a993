import ArgumentParser
import Foundation
import RegistryServer
import Subprocess
import SystemPackage

/// `render-markdown`: what the server runs for one document, so that none takes more than a second and 128 MiB.
struct RenderMarkdown: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render-markdown", abstract: "Make HTML of the Markdown in the JSON on stdin.", shouldDisplay: false)

  private static let outputLimit = 8 << 20
  private static let timeout = Duration.seconds(5)

  func run() async throws {
    ProcessLimits.lower(RLIMIT_CPU, to: 1)
    ProcessLimits.lower(RLIMIT_DATA, to: 128 << 20)
    ProcessLimits.lower(RLIMIT_CORE, to: 0)
    let input = FileHandle.standardInput.readDataToEndOfFile()
    let source = try JSONDecoder().decode(MarkdownSource.self, from: input)
    guard let html = MarkdownDocument.html(of: source) else { throw ExitCode.failure }
    FileHandle.standardOutput.write(Data(html.utf8))
  }

  /// Runs it in a process of its own.
  ///
  /// - Returns: Nil when it needed too much.
  static func child(_ source: MarkdownSource) async -> String? {
    await withTaskGroup(of: String?.self) { group in
      group.addTask { await launch(source) }
      group.addTask {
        // Woken early only when the other has ended.
        try? await Task.sleep(for: timeout)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }

  private static func launch(_ source: MarkdownSource) async -> String? {
    do {
      let input = Array(try JSONEncoder().encode(source))
      let record = try await Subprocess.run(
        .path(program), arguments: ["render-markdown"], environment: .custom([:]), input: .array(input),
        output: .bytes(limit: outputLimit), error: .discarded)
      guard record.terminationStatus.isSuccess else { return nil }
      return String(validating: record.standardOutput, as: UTF8.self)
    } catch {
      // Whatever it was, the text is shown as it is.
      return nil
    }
  }

  /// This program, wherever it lies.
  private static var program: FilePath {
    #if os(Linux)
      FilePath("/proc/self/exe")
    #else
      FilePath(Bundle.main.executablePath ?? CommandLine.arguments[0])
    #endif
  }
}

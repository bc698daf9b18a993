import FileSystem
import SkillArchive
import SystemPackage

/// Packing and unpacking, in process and as whole programs, beside tar and gzip.
struct Packing {
  let bench: Bench

  func run() throws -> Report {
    try measure(try .small("small"), "20 KB", runs: bench.effort.small)
      + measure(try .large("large"), "15 MB", runs: bench.effort.large)
  }

  private func measure(_ skill: SampleSkill, _ size: String, runs: Int) throws -> Report {
    let scratch = bench.scratch
    try skill.write(to: "pack/\(skill.name)", in: scratch)
    let packing = try interleaved(
      runs, [{ try packInProcess(skill) }, { try packByProgram(skill) }, { try packByTar(skill) }])
    let unpacking = try interleaved(runs, [{ try unpackInProcess(skill) }, { try unpackByTar(skill) }])
    let ours = try skill.packed().bytes.count
    let theirs = try scratch.size(of: "pack/\(skill.name)-tar.tar.gz")
    try scratch.remove("pack")
    let tar = Row.Reference(name: "`tar \\| gzip -6`", sample: packing[2])
    return Report(
      rows: [
        Row("pack \(size), in process", .milliseconds, packing[0], beside: tar, aim: .atMostTimes(1)),
        Row("pack \(size), `agent-mesh skills pack`", .milliseconds, packing[1], beside: tar, aim: .atMostTimes(1)),
        Row(
          "unpack \(size), in process", .milliseconds, unpacking[0],
          beside: .init(name: "`tar -xzf`", sample: unpacking[1])),
      ],
      notes: [
        "The \(size) skill: \(skill.files.count) files, \(skill.size) bytes; our archive has \(ours) bytes, that of "
          + "tar and gzip \(theirs)."
      ])
  }

  // Ours plans, scans for secrets, checks names and hashes, too; it is timed with all of that.

  private func packInProcess(_ skill: SampleSkill) throws -> Double {
    let folder = bench.scratch["pack/\(skill.name)"]
    return try milliseconds { _ = try SkillPacker.pack(try PackPlan(folder: folder)) }
  }

  private func packByProgram(_ skill: SampleSkill) throws -> Double {
    let folder = bench.scratch["pack/\(skill.name)"].string
    return try bench.time(bench.agentMesh(["skills", "pack", folder, "--output", archive(skill)]))
  }

  private func packByTar(_ skill: SampleSkill) throws -> Double {
    let pipeline = "tar -cf - -C \"$1\" . | gzip -6 > \"$2\""
    let folder = bench.scratch["pack/\(skill.name)"].string
    return try bench.time(
      .shell(bench.tools, pipeline, [folder, bench.scratch["pack/\(skill.name)-tar.tar.gz"].string]))
  }

  private func unpackInProcess(_ skill: SampleSkill) throws -> Double {
    let folder = try bench.scratch.emptyFolder("unpacked")
    let directory = try Directory<ArchiveError>.open(folder)
    let time = try milliseconds { _ = try SkillUnpacker.unpack(.file(FilePath(archive(skill))), into: directory) }
    try bench.scratch.remove("unpacked")
    return time
  }

  private func unpackByTar(_ skill: SampleSkill) throws -> Double {
    let folder = try bench.scratch.emptyFolder("unpacked").string
    let time = try bench.time(Command(bench.tools.tar, ["-xzf", archive(skill), "-C", folder]))
    try bench.scratch.remove("unpacked")
    return time
  }

  private func archive(_ skill: SampleSkill) -> String {
    bench.scratch["pack/\(skill.name)-ours.tar.gz"].string
  }
}

extension HelpTopic {
  static let manifest = HelpTopic(
    name: "manifest", title: "skills.json: what a project wants",
    text: #"""
      skills.json is in the folder of the project. 'skills install <ref>' and
      'skills remove' keep it; you may also write it by hand. Commit it.

        {
          "format": 1,
          "registry": "https://registry.example",
          "registries": {"acme": "https://skills.acme.example"},
          "agents": ["claude-code", "codex"],
          "min_age": "3d",
          "skills": {
            "acme/reviewer": "^1.2",
            "acme/writer": {"range": "^2", "folder": "prose"}
          },
          "sources": {
            "pdf": "git+https://git.example/tools/skills.git#v1:skills/pdf"
          },
          "pins": {"acme/base": "1.4.0"},
          "accepted": [{"skill": "acme/reviewer", "rule": "download-to-shell",
                        "reason": "the address is ours"}]
        }

        format    always 1; a newer one asks for a newer agent-mesh
        registry  where skills come from that name none; else your own registry
        registries  those of single authors, whoever needs their skills; when one has
                  another address: agent-mesh skills registry move <old> <new>
        agents    for which agents skills are linked; see: help agents
        min_age   how old a version must be for 'update'; see: help updates
        skills    skills of a registry, each with a range; see: help ranges. As an
                  object also with "folder" (another name on disk) or "registry"
        sources   skills that are in no registry; see: help sources
        pins      exact versions that are kept, also of what skills depend on, and
                  commits of git sources by their folders: {"pdf": "2f1e9a3c…"}
        accepted  findings of 'audit' that you let stand, of all files or of one
                  ("file"); see: help audit

      Unknown keys are refused, with the line and the nearest known key. Your own
      skills (-g) have theirs in ~/.agent-mesh/skills.json.
      """#)
}

extension HelpTopic {
  static let continuousIntegration = HelpTopic(
    name: "ci", title: "Skills in a pipeline, with GitHub Actions",
    text: #"""
      In a pipeline, install exactly what is locked, and fail for anything else:

        agent-mesh skills ci                 exactly skills.lock, or exit status 5
        agent-mesh skills verify             is the disk what the lock says? else 7
        agent-mesh skills audit --strict     yanked, quarantined, findings; else 1

      Nothing is asked where there is no terminal. Use --json for answers that
      programs read, and match on "error", never on the text.

      .github/workflows/skills.yml:

        name: skills
        on: [push, pull_request]
        permissions:
          contents: read
        jobs:
          skills:
            runs-on: ubuntu-24.04
            container: swift:6.3
            steps:
              - uses: actions/checkout@v4
              - uses: actions/checkout@v4
                with:
                  repository: OWNER/agent-mesh
                  ref: VERSION
                  path: .agent-mesh-source
              - run: >
                  apt-get update && apt-get install --yes
                  libarchive-dev libcmark-gfm-extensions-dev
                  libcurl4-openssl-dev libutf8proc-dev libyaml-dev zlib1g-dev
              - run: swift build -c release --product agent-mesh
                working-directory: .agent-mesh-source
              - run: echo "$PWD/.agent-mesh-source/.build/release" >> "$GITHUB_PATH"
              - run: echo "AGENT_MESH_CACHE=$HOME/.cache/agent-mesh" >> "$GITHUB_ENV"
              - uses: actions/cache@v4
                with:
                  path: ~/.cache/agent-mesh
                  key: skills-${{ hashFiles('skills.lock') }}
                  restore-keys: skills-
              - run: agent-mesh skills ci
              - run: agent-mesh skills verify
              - run: agent-mesh skills audit --strict

      A private skill needs AGENT_MESH_TOKEN, from a secret, and AGENT_MESH_REGISTRY,
      the address that the token is for: it is sent to no other registry. To make one:

        agent-mesh tokens create ci --right read:private --skill 'acme/*'
      """#)
}

extension HelpTopic {
  static let gettingStarted = HelpTopic(
    name: "getting-started", title: "Install a first skill, and publish your own",
    text: #"""
      A skill is a folder with a file SKILL.md: instructions that an agent such as
      Claude Code or Codex reads when they are needed. agent-mesh installs skills
      into projects, keeps them up to date, and publishes your own.

      Use a skill that somebody has published:

        cd my-project
        agent-mesh skills info acme/reviewer
        agent-mesh skills install acme/reviewer

      The skill is now in .agents/skills/reviewer, and .claude/skills/reviewer is a
      link to it. skills.json says what you want, skills.lock says exactly what
      you got. Commit both, and others get the same with:

        agent-mesh skills install

      Look around:

        agent-mesh skills installed --check-updates
        agent-mesh skills targets          which agents get the skills
        agent-mesh skills doctor           whether anything is wrong

      Update it, or remove it:

        agent-mesh skills update
        agent-mesh skills remove reviewer

      Publish a skill of your own. Login opens a page of the registry, which also
      says how to get an account there:

        agent-mesh skills init my-skill
        agent-mesh skills validate my-skill
        agent-mesh login --registry https://registry.example
        agent-mesh skills publish my-skill

      With -g, commands work on your own skills, for all projects, in your home.

      See: agent-mesh help topics
      """#)
}

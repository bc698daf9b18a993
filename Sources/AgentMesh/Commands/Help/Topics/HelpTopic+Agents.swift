extension HelpTopic {
  static let agents = HelpTopic(
    name: "agents", title: "Which agents get the skills",
    text: #"""
      A skill has one real copy, in .agents/skills/<name>. Many agents read that
      folder. For others a relative link is made in their own folder, such as
      .claude/skills/<name>.

      Which agents: the first of these that is set:

        1. --agent <id>, also several; --agent '*' for every agent that is used here
        2. "agents" in skills.json
        3. the agents that you named last, on any project
        4. claude-code

      Agents that you name with --agent are added to "agents" of skills.json, so that
      others get the same links. Nothing is created for agents that nobody chose, and
      '*' leaves out those that are on the machine and have no folder in the project.

        agent-mesh skills targets          the agents that are chosen or used here
        agent-mesh skills targets --all    all known agents
        agent-mesh skills install acme/reviewer --agent codex cursor
        agent-mesh skills install --agent '*'

      An agent counts as used when its folders or files are in the project or on the
      machine. With --copy, and on file systems without links, agents get copies
      instead; 'skills update' keeps them up to date, and 'skills doctor' finds
      those that have drifted from the real one.

      With -g skills go to ~/.agents/skills, and the links to the folders that
      agents read for all projects, such as ~/.claude/skills.

      'agent-mesh skills doctor' says which skills an agent would ignore, and why.
      """#)
}

extension HelpTopic {
  static let agents = HelpTopic(
    name: "agents", title: "Which agents get the skills",
    text: #"""
      A skill has one real copy, in .agents/skills/<name>. Many agents read that
      folder. For others a relative link is made in their own folder, such as
      .claude/skills/<name>.

      Where skills.json names no agents, an install or import writes them there, as
      "agents", so that every clone gets the same links: those of --agent, else
      claude-code.
      --agent <id> in a later command adds to them, for all skills of the project;
      '*' stands for every agent that is used here. To leave one out, delete it from
      skills.json. Nothing that a machine remembers decides for a project; for your
      own skills (-g) the agents that you named last are kept.

      Nothing is created for agents that nobody chose, and '*' leaves out those that
      are on the machine and have no folder in the project.

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

/// The agents that read skills, in the order of the table that `npx skills` keeps.
///
/// One entry an agent: identifier, name, folder in a project, folder of a user, signs of its use. `AgentPath` and
/// `AgentSigns` say how the last two are written. `Eve` looks for the skills of its sub-agents in folders of theirs.
extension Agent {
  package static let all: [Agent] = [
    Agent("aider-desk", "AiderDesk", ".aider-desk/skills", "~/.aider-desk/skills", "~/.aider-desk"),
    Agent(
      "amp", "Amp", ".agents/skills", "${XDG_CONFIG_HOME:-~/.config}/agents/skills", "${XDG_CONFIG_HOME:-~/.config}/amp"
    ),
    Agent(
      "antigravity", "Antigravity", ".agents/skills", "~/.gemini/antigravity/skills", "~/.gemini/antigravity"),
    Agent(
      "antigravity-cli", "Antigravity CLI", ".agents/skills", "~/.gemini/antigravity-cli/skills",
      "~/.gemini/antigravity-cli"),
    Agent("astrbot", "AstrBot", "data/skills", "~/.astrbot/data/skills", "./data/skills | ~/.astrbot"),
    Agent(
      "autohand-code", "Autohand Code CLI", ".autohand/skills", "${AUTOHAND_HOME:-~/.autohand}/skills",
      "${AUTOHAND_HOME:-~/.autohand}"),
    Agent("augment", "Augment", ".augment/skills", "~/.augment/skills", "~/.augment"),
    Agent("bob", "IBM Bob", ".bob/skills", "~/.bob/skills", "~/.bob"),
    Agent(
      "claude-code", "Claude Code", ".claude/skills", "${CLAUDE_CONFIG_DIR:-~/.claude}/skills",
      "${CLAUDE_CONFIG_DIR:-~/.claude}", createsProjectFolder: true),
    Agent(
      "openclaw", "OpenClaw", "skills", "~/.openclaw/skills | ~/.clawdbot/skills | ~/.moltbot/skills",
      "~/.openclaw | ~/.clawdbot | ~/.moltbot"),
    Agent("cline", "Cline", ".agents/skills", "~/.agents/skills", "~/.cline"),
    Agent("codearts-agent", "CodeArts Agent", ".codeartsdoer/skills", "~/.codeartsdoer/skills", "~/.codeartsdoer"),
    Agent("codebuddy", "CodeBuddy", ".codebuddy/skills", "~/.codebuddy/skills", "./.codebuddy | ~/.codebuddy"),
    Agent("codemaker", "Codemaker", ".codemaker/skills", "~/.codemaker/skills", "~/.codemaker"),
    Agent("codestudio", "Code Studio", ".codestudio/skills", "~/.codestudio/skills", "~/.codestudio"),
    Agent(
      "codewhale", "CodeWhale", ".codewhale/skills", "${CODEWHALE_HOME:-~/.codewhale}/skills",
      "${CODEWHALE_HOME:-~/.codewhale}", createsProjectFolder: true),
    Agent(
      "codex", "Codex", ".agents/skills", "${CODEX_HOME:-~/.codex}/skills", "${CODEX_HOME:-~/.codex} | /etc/codex",
      readsSharedUserFolder: true),
    Agent("command-code", "Command Code", ".commandcode/skills", "~/.commandcode/skills", "~/.commandcode"),
    Agent("continue", "Continue", ".continue/skills", "~/.continue/skills", "./.continue | ~/.continue"),
    Agent("cortex", "Cortex Code", ".cortex/skills", "~/.snowflake/cortex/skills", "~/.snowflake/cortex"),
    Agent("crush", "Crush", ".crush/skills", "~/.config/crush/skills", "~/.config/crush"),
    Agent("cursor", "Cursor", ".agents/skills", "~/.cursor/skills", "~/.cursor"),
    Agent(
      "deepagents", "Deep Agents", ".agents/skills", "~/.deepagents/agent/skills", "~/.deepagents"),
    Agent(
      "devin", "Devin for Terminal", ".devin/skills", "${XDG_CONFIG_HOME:-~/.config}/devin/skills",
      "${XDG_CONFIG_HOME:-~/.config}/devin"),
    Agent("dexto", "Dexto", ".agents/skills", "~/.agents/skills", "~/.dexto"),
    Agent("droid", "Droid (Factory)", ".agents/skills", "~/.factory/skills", "~/.factory"),
    Agent("eve", "Eve", "agent/skills", nil, "./agent & dep:eve"),
    Agent("firebender", "Firebender", ".agents/skills", "~/.firebender/skills", "~/.firebender"),
    Agent("forgecode", "ForgeCode", ".forge/skills", "~/.forge/skills", "~/.forge"),
    Agent("fx", "fx", ".fx/skills", "~/.fx/skills", "~/.fx"),
    Agent("gemini-cli", "Gemini CLI", ".agents/skills", "~/.gemini/skills", "~/.gemini", readsSharedUserFolder: true),
    Agent("github-copilot", "GitHub Copilot", ".agents/skills", "~/.copilot/skills", "~/.copilot"),
    Agent(
      "goose", "Goose", ".goose/skills", "${XDG_CONFIG_HOME:-~/.config}/goose/skills",
      "${XDG_CONFIG_HOME:-~/.config}/goose"),
    Agent("grok", "Grok Build", ".grok/skills", "${GROK_HOME:-~/.grok}/skills", "${GROK_HOME:-~/.grok}"),
    Agent(
      "hermes-agent", "Hermes Agent", ".hermes/skills", "${HERMES_HOME:-~/.hermes}/skills",
      "${HERMES_HOME:-~/.hermes}"),
    Agent("inference-sh", "inference.sh", ".inferencesh/skills", "~/.inferencesh/skills", "~/.inferencesh"),
    Agent("jazz", "Jazz", ".jazz/skills", "~/.jazz/skills", "~/.jazz | ./.jazz"),
    Agent("junie", "Junie", ".junie/skills", "~/.junie/skills", "~/.junie"),
    Agent("iflow-cli", "iFlow CLI", ".iflow/skills", "~/.iflow/skills", "~/.iflow"),
    Agent("kilo", "Kilo Code", ".agents/skills", "~/.kilo/skills", "~/.kilo | ~/.kilocode"),
    Agent("kimchi", "Kimchi", ".kimchi/skills", "~/.config/kimchi/harness/skills", "~/.config/kimchi"),
    Agent("kimi-code-cli", "Kimi Code CLI", ".agents/skills", "~/.agents/skills", "~/.kimi-code | ~/.kimi"),
    Agent("kiro-cli", "Kiro CLI", ".kiro/skills", "~/.kiro/skills", "~/.kiro"),
    Agent("kode", "Kode", ".kode/skills", "~/.kode/skills", "~/.kode"),
    Agent("lingma", "Lingma", ".lingma/skills", "~/.lingma/skills", "~/.lingma"),
    Agent("loaf", "Loaf", ".agents/skills", "~/.agents/skills", "~/.loaf"),
    Agent("mcpjam", "MCPJam", ".mcpjam/skills", "~/.mcpjam/skills", "~/.mcpjam"),
    Agent(
      "minimax-code", "MiniMax Code", ".minimax/skills", "~/.minimax/skills",
      "~/.minimax | /Applications/MiniMax Code.app"),
    Agent("mistral-vibe", "Mistral Vibe", ".vibe/skills", "${VIBE_HOME:-~/.vibe}/skills", "${VIBE_HOME:-~/.vibe}"),
    Agent("moxby", "Moxby", ".moxby/skills", "~/.moxby/skills", "~/.moxby"),
    Agent("mux", "Mux", ".mux/skills", "~/.mux/skills", "~/.mux"),
    Agent(
      "opencode", "OpenCode", ".agents/skills", "${XDG_CONFIG_HOME:-~/.config}/opencode/skills",
      "${XDG_CONFIG_HOME:-~/.config}/opencode", readsSharedUserFolder: true),
    Agent("openhands", "OpenHands", ".openhands/skills", "~/.openhands/skills", "~/.openhands"),
    Agent("ona", "Ona", ".ona/skills", "~/.ona/skills", "~/.ona"),
    Agent("pi", "Pi", ".pi/skills", "~/.pi/agent/skills", "~/.pi/agent"),
    Agent(
      "posit-assistant", "Posit Assistant", ".posit/assistant/skills", "~/.posit/assistant/skills",
      "~/.posit/assistant | ~/.positai"),
    Agent("qoder", "Qoder", ".qoder/skills", "~/.qoder/skills", "~/.qoder"),
    Agent("qoder-cn", "Qoder CN", ".qoder/skills", "~/.qoder-cn/skills", "~/.qoder-cn"),
    Agent("qwen-code", "Qwen Code", ".qwen/skills", "~/.qwen/skills", "~/.qwen"),
    Agent(
      "replit", "Replit", ".agents/skills", "${XDG_CONFIG_HOME:-~/.config}/agents/skills", "./.replit"),
    Agent("reasonix", "Reasonix", ".reasonix/skills", "~/.reasonix/skills", "~/.reasonix"),
    Agent("rovodev", "Rovo Dev", ".rovodev/skills", "~/.rovodev/skills", "~/.rovodev"),
    Agent("roo", "Roo Code", ".roo/skills", "~/.roo/skills", "~/.roo"),
    Agent(
      "sarvam-code", "Sarvam Code", ".agents/skills", "~/.agents/skills",
      "${SARVAM_HOME:-~/.sarvam}"),
    Agent("tabnine-cli", "Tabnine CLI", ".tabnine/agent/skills", "~/.tabnine/agent/skills", "~/.tabnine"),
    Agent("terramind", "Terramind", ".terramind/skills", "~/.terramind/skills", "~/.terramind"),
    Agent("tinycloud", "Tinycloud", ".tinycloud/skills", "~/.tinycloud/skills", "~/.tinycloud"),
    Agent("trae", "Trae", ".trae/skills", "~/.trae/skills", "~/.trae"),
    Agent("trae-cn", "Trae CN", ".trae/skills", "~/.trae-cn/skills", "~/.trae-cn"),
    Agent("warp", "Warp", ".agents/skills", "~/.agents/skills", "~/.warp"),
    Agent("windsurf", "Windsurf", ".windsurf/skills", "~/.codeium/windsurf/skills", "~/.codeium/windsurf"),
    Agent(
      "zed", "Zed", ".agents/skills", "~/.agents/skills",
      "${XDG_CONFIG_HOME:-~/.config}/zed | %APPDATA%/Zed | $FLATPAK_XDG_CONFIG_HOME/zed"),
    Agent("zcode", "ZCode", ".zcode/skills", "~/.zcode/skills", "~/.zcode | /Applications/ZCode.app"),
    Agent("zencoder", "Zencoder", ".zencoder/skills", "~/.zencoder/skills", "~/.zencoder"),
    Agent("zenflow", "Zenflow", ".zencoder/skills", "~/.zencoder/skills", "~/.zencoder"),
    Agent("neovate", "Neovate", ".neovate/skills", "~/.neovate/skills", "~/.neovate"),
    Agent("pochi", "Pochi", ".pochi/skills", "~/.pochi/skills", "~/.pochi"),
    Agent(
      "promptscript", "PromptScript", ".agents/skills", nil, "./.promptscript | ./promptscript.yaml"),
    Agent("adal", "AdaL", ".adal/skills", "~/.adal/skills", "~/.adal"),
    Agent(
      "universal", "Universal", ".agents/skills", "${XDG_CONFIG_HOME:-~/.config}/agents/skills", nil),
  ]
}

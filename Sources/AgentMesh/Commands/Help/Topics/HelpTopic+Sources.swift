extension HelpTopic {
  static let sources = HelpTopic(
    name: "sources", title: "Skills that are in no registry",
    text: #"""
        agent-mesh skills add <source>

      takes a skill from where it is and writes it to skills.json, as:

        path:./skills/pdf                       a folder or an archive here
        https://host/pdf.tar.gz                 an archive (.tar.gz or .zip)
        https://host/kit.zip#pdf                one skill of an archive of several
        git+https://host/owner/repo.git#v1:pdf  a folder 'pdf' at the tag v1
        well-known+https://host#pdf             an entry of a site's skills index

      On the command line shorter forms do as well:

        ./skills/pdf      owner/repo      https://git.example/tools/skills.git

      When a source has several skills, --list shows them and --skill chooses.

      Sources are locked like versions: skills.lock has the commit of a git source,
      and for all of them a digest of the files. 'skills install' fetches exactly
      that, and nothing else that is there now: a file at an address that has
      changed is an integrity error. 'skills update' moves a git source forward when
      its branch has moved. An archive or an entry of a site that has changed is
      reported, and updated only when you name the skill: it has no versions that
      say what you would get. Look first: 'skills diff pdf'. 'skills pin pdf' keeps
      the commit of a git source; the branch stays written in skills.json.

      skills.json is read by everybody who sees the project: addresses with a user
      name or password are refused, and an address with a '?' gets a warning: tokens
      are often found there.

      Git is the git of your system, with hooks, filters, submodules and prompts
      off, without credential helpers and ~/.netrc, and with bounds for time, memory
      and files: private repositories are read over ssh, whose host must be known
      (connect to it once by hand). git@host:path begins at the home of the user
      there, git@host:/path does not.
      Archives go through the same checks as those of a registry.

      Folders of hand-copied skills become part of skills.json, without a change to
      their files, with:

        agent-mesh skills import

      Where 'npx skills' or skills-package-manager (spm) keeps a list, the same
      command installs what is listed there, compares it with what is locked there,
      and leaves the files of the other program as they are. One skills.json has to
      give way to the other: with --replace ours takes the place of spm's.
      """#)
}

import RegistryStore
import Skills

/// A skill in the hands of somebody who may change it.
struct OwnedSkill: Sendable {
  var owner: Accounts.Identity
  var history: SkillHistory

  var name: SkillName { history.skill.name }
}

// Commands as their reader types them: texts name them in English, and Discord shows them in each reader's language.

/** The names of one language, as its file has them. */
export interface CommandNames {
  commands: Record<string, { name: string } & Record<string, unknown>>;
  /** A wording of an option for one command has no name of its own. */
  options: Record<string, { name?: string; description?: string }>;
  choices: Record<string, Record<string, string>>;
}

interface Tree {
  [key: string]: string | Tree;
}

/** A command with what may follow it: `/petition status state:open reason:…` */
const command = /`\/([a-z]+)(?: ([a-z]+)(?!\w*:))?([^`]*)`/g;
const option = / ([a-z_]+):([a-z]+\b)?/g;

/** Which choices the options have whose values stand in texts. */
const choicesOf: Record<string, string> = {
  language: 'postLanguage',
  state: 'petitionState',
  type: 'actionType',
  topic: 'helpTopic',
};

/** The texts of a language with each command in its own names; what is no command stays as it is. */
export function withOwnNames<Texts extends object>(texts: Texts, names: CommandNames): Texts {
  return Object.fromEntries(
    Object.entries(texts as Tree).map(([key, text]) => [
      key,
      typeof text === 'string' ? inOwnNames(text, names) : withOwnNames(text, names),
    ]),
  ) as Texts;
}

function inOwnNames(text: string, { commands, options, choices }: CommandNames): string {
  return text.replace(command, (asWritten, name: string, subName: string | undefined, rest: string) => {
    const found = commands[name];
    const sub = subName === undefined ? undefined : (found?.[subName] as { name: string } | undefined);
    if (!found || (subName !== undefined && !sub)) return asWritten;
    const own = rest.replace(option, (given, optionName: string, value = '') => {
      const shown = choices[choicesOf[optionName] ?? '']?.[value] ?? value;
      const ownName = options[optionName]?.name;
      return ownName ? ` ${ownName}:${shown}` : given;
    });
    return `\`/${[found.name, ...(sub ? [sub.name] : [])].join(' ')}${own}\``;
  });
}

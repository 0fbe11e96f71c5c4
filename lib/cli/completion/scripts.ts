import type { Place } from './tree.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;

/** A script for each shell. All of it is written down in it: a TAB must not wait for this program to start. */
export const scripts: Readonly<Record<(typeof shells)[number], (places: readonly Place[]) => string>> = {
  bash,
  zsh,
  fish,
};

const wordsOf = ({ subcommands, options }: Place) => [...subcommands, ...options];

function bash(places: readonly Place[]): string {
  return `# secure-shop completion bash
_secure_shop() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" place="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$place $word" in
${deeper(places, (path) => `      "${path}") place="${path}" ;;`)}
    esac
  done
  case "$place $previous" in
${values(places, (key, takes) => `    "${key}") ${takes === 'file' ? 'compopt -o default; COMPREPLY=()' : `COMPREPLY=($(compgen -W "${takes.join(' ')}" -- "$current"))`}; return ;;`)}
  esac
  case "$place" in
${places
  .map(
    (place) =>
      `    "${key(place)}") COMPREPLY=($(compgen -W "${wordsOf(place)
        .map(({ word }) => word)
        .join(' ')}" -- "$current")) ;;`,
  )
  .join('\n')}
  esac
}
complete -F _secure_shop secure-shop
`;
}

function zsh(places: readonly Place[]): string {
  const described = (place: Place) =>
    wordsOf(place)
      .map(({ word, about }) => `'${word}:${about}'`)
      .join(' ');
  return `#compdef secure-shop
# secure-shop completion zsh
_secure_shop() {
  local place="" word previous="\${words[CURRENT-1]}"
  local -a next
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$place $word" in
${deeper(places, (path) => `      "${path}") place="${path}" ;;`)}
    esac
  done
  case "$place $previous" in
${values(places, (key, takes) => `    "${key}") ${takes === 'file' ? '_files' : `next=(${takes.join(' ')}); _describe value next`}; return ;;`)}
  esac
  case "$place" in
${places.map((place) => `    "${key(place)}") next=(${described(place)}) ;;`).join('\n')}
  esac
  _describe 'secure-shop' next
}
if [ "$funcstack[1]" = "_secure_shop" ]; then _secure_shop "$@"; else compdef _secure_shop secure-shop; fi
`;
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, subcommands, options, values: taken }) => {
    const words = path === '' ? [] : path.split(' ');
    const here = [
      ...words.map((word) => `__fish_seen_subcommand_from ${word}`),
      ...(subcommands.length > 0
        ? [`not __fish_seen_subcommand_from ${subcommands.map(({ word }) => word).join(' ')}`]
        : []),
    ].join('; and ');
    const base = `complete -c secure-shop${here ? ` -n '${here}'` : ''}`;
    return [
      ...subcommands.map(({ word, about }) => `${base} -f -a ${word} -d '${about}'`),
      ...options.map(({ word, about }) => {
        const takes = taken.find(({ option }) => option === word)?.takes;
        const value = takes === undefined ? '' : takes === 'file' ? ' -rF' : ` -xa '${takes.join(' ')}'`;
        const name = word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`;
        return `${base} ${name}${value} -d '${about}'`;
      }),
    ];
  });
  return `# secure-shop completion fish\ncomplete -c secure-shop -f\n${lines.join('\n')}\n`;
}

/** Each word of a command is looked at after the place before it. */
const key = ({ path }: Place) => (path === '' ? '' : ` ${path}`);

function deeper(places: readonly Place[], line: (path: string) => string): string {
  return places
    .filter(({ path }) => path !== '')
    .map((place) => line(key(place)))
    .join('\n');
}

function values(
  places: readonly Place[],
  line: (key: string, takes: Place['values'][number]['takes']) => string,
): string {
  return places
    .flatMap((place) => place.values.map(({ option, takes }) => line(`${key(place)} ${option}`, takes)))
    .join('\n');
}

import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { everyPage } from '../../lambda/every-page.ts';
import { loggedIn } from '../../lambda/logged-line.ts';
import { harmless } from '../findings/harmless.ts';
import { type Asked, day, number, week } from './asked.ts';
import type { DigestWords } from './words.ts';

/** https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/connection-logging.html */
const connection = z.object({
  'connection-attempt-status': z.string(),
  'common-name': z.string().optional(),
  username: z.string().optional(),
});

/** Whoever is not named in the mail is counted. */
const mostPeople = 8;

export async function askConnections(
  { settings, clients, now }: Asked,
  words: DigestWords,
): Promise<string[]> {
  if (settings.connections === undefined) return [words.noVpn];
  const messages = await messagesOf(
    { settings, clients, now },
    settings.connections,
    '{ $.connection-log-type = "connection-attempt" }',
  );
  const people = new Map<string, { times: number; refused: number }>();
  for (const message of messages) {
    const read = connection.safeParse(loggedIn(message));
    if (!read.success || read.data['connection-attempt-status'] === 'waiting-for-assertion') continue;
    const name = read.data.username || read.data['common-name'] || '?';
    const person = people.get(name) ?? { times: 0, refused: 0 };
    if (read.data['connection-attempt-status'] === 'successful') person.times++;
    else person.refused++;
    people.set(name, person);
  }
  if (people.size === 0) return [words.nobodyConnected];
  const lines = [...people].map(([name, { times, refused }]) =>
    words.connected(harmless(name, 60), number(times), number(refused)),
  );
  return [
    ...lines.slice(0, mostPeople),
    ...(lines.length > mostPeople ? [words.more(lines.length - mostPeople)] : []),
  ];
}

/** As the function writes it that opens and shuts the VPN. */
const openingLine = z.object({
  opening: z.object({ by: z.string(), since: z.string() }).optional(),
  stoodOpen: z.string().optional(),
});

/** Who let the VPN be opened, and whether it stood open without anybody's word. */
export async function askOpenings(asked: Asked, words: DigestWords): Promise<readonly string[]> {
  const { door } = asked.settings;
  if (door === undefined) return [];
  const lines = (await messagesOf(asked, door, '?opening ?stoodOpen')).flatMap(
    (message) => openingLine.safeParse(loggedIn(message)).data ?? [],
  );
  // Of one opening the door writes several lines.
  const openings = new Map(
    lines.flatMap(({ opening }) =>
      opening ? [[`${opening.since} ${opening.by}`, opening.by] as const] : [],
    ),
  );
  const times = new Map<string, number>();
  for (const person of openings.values()) times.set(person, (times.get(person) ?? 0) + 1);
  const unasked = lines.filter(({ stoodOpen }) => stoodOpen !== undefined).length;
  const people = [...times].map(([person, count]) => words.opened(harmless(person, 60), number(count)));
  return [
    ...(unasked > 0 ? [words.stoodOpen(number(unasked))] : []),
    ...people.slice(0, mostPeople),
    ...(people.length > mostPeople ? [words.more(people.length - mostPeople)] : []),
    ...(people.length === 0 ? [words.nobodyOpened] : []),
  ];
}

async function messagesOf(
  { clients, now }: Asked,
  logGroupName: string,
  filterPattern: string,
): Promise<string[]> {
  const events = await everyPage(
    paginateFilterLogEvents(
      { client: clients.logs },
      { logGroupName, startTime: now.getTime() - week * day, endTime: now.getTime(), filterPattern },
    ),
    ({ events }) => events,
  );
  return events.map(({ message = '' }) => message);
}

/** The state in one sentence that a tired person understands. Pure. */
import { ago, duration, phaseWord, plural, stateOf, time } from './words.js';

/**
 * @param status the last answer of /discord-status, null before the first
 * @param now the server's clock, epoch milliseconds
 * @param silence milliseconds since Gatewatch was last heard of when that is too long, else null
 * @returns {{state: string, word: string, text: string, gist: string}} gist has no figure that ticks, for announcements
 */
export function sentence(status, now, silence = null) {
  if (!status) {
    const text = silence === null || silence < 2_000 ? 'Asking Gatewatch how it stands.' : `Gatewatch does not answer, for ${duration(whole(silence))} now.`;
    return { state: 'unknown', word: 'Unknown', text, gist: 'Gatewatch does not answer.' };
  }
  if (silence !== null) {
    const last = phaseWord(status.status).toLowerCase();
    return {
      state: 'unknown',
      word: 'Unknown',
      text: `No word from Gatewatch for ${duration(whole(silence))}. Last heard: ${last}.`,
      gist: `No word from Gatewatch. Last heard: ${last}.`,
    };
  }
  const state = stateOf(status.status);
  const word = phaseWord(status.status);
  const parts = state === 'ok' ? connected(status, now) : state === 'down' ? stopped(status, now) : away(status, now);
  return { state, word, text: parts.join(' '), gist: state === 'busy' ? lossOf(status) : [`${word}.`, ...parts.slice(1)].join(' ') };
}

function connected(status, now) {
  const count = status.shards.length;
  const up = whole(status.uptime_seconds * 1_000 + now - Date.parse(status.timestamp));
  const since = up > 0 ? `onnected for ${duration(up)}.` : 'onnected this moment.';
  return [count > 1 ? `All ${count} shards c${since}` : `C${since}`, lastBlip(status, now)];
}

/** What became of the last interruption of a shard that is connected now. */
export function lastBlip(status, now) {
  const blip = status.shards
    .filter((shard) => shard.last_disconnect && shard.phase === 'connected')
    .sort((a, b) => Date.parse(b.last_disconnect.time) - Date.parse(a.last_disconnect.time))[0];
  if (!blip) return 'No interruption since.';
  const lost = Date.parse(blip.last_disconnect.time);
  const lasted = duration(Math.max(0, Date.parse(blip.phase_since) - lost));
  const begun = Date.parse(status.timestamp) - blip.session_age_seconds * 1_000;
  const where = status.shards.length > 1 ? ` on shard ${blip.shard}` : '';
  return begun <= lost
    ? `Last blip ${time(lost, now)}${where}, resumed in ${lasted}, nothing lost.`
    : `Last interruption ${time(lost, now)}${where}: a new session after ${lasted}, events in between are lost.`;
}

function stopped(status, now) {
  const shard = status.shards.find((one) => one.stopped);
  const all = status.shards.every((one) => one.phase === 'stopped');
  const who = all ? '' : `${plural(status.shards.filter((one) => one.phase === 'stopped').length, 'shard')} of ${status.shards.length} `;
  const since = shard ? ` since ${time(Date.parse(shard.phase_since), now)}` : '';
  const why = shard ? `${shard.stopped.reason.replace(/\.?$/, '.')}` : '';
  return [`${who}${who ? 's' : 'S'}topped${since}.`, why, shard?.stopped.remedy ?? ''].filter(Boolean);
}

function away(status, now) {
  const gone = status.shards.filter((shard) => shard.phase !== 'connected');
  const first = gone.find((shard) => shard.phase === status.status) ?? gone[0];
  const count = status.shards.length;
  if (!first) return ['Gatewatch is starting.'];
  const head = count > 1 && gone.length < count ? `${count - gone.length} of ${count} shards connected.` : '';
  const lost = first.last_disconnect;
  if (!lost) {
    const error = first.last_error ? `${plain(first.last_error.message).replace(/\.?$/, '.')}` : '';
    return [head || 'Not connected yet.', error, next(first, now)].filter(Boolean);
  }
  const reason = plain(lost.reason).replace(/\.$/, '');
  return [
    head || `Connection lost ${time(Date.parse(lost.time), now)}, ${ago(now - Date.parse(lost.time))}: ${reason}.`,
    next(first, now),
  ];
}

/** Why it is busy, without anything that ticks. */
function lossOf(status) {
  const gone = status.shards.filter((shard) => shard.phase !== 'connected');
  const count = status.shards.length > 1 ? ` ${plural(gone.length, 'shard')} of ${status.shards.length}.` : '';
  const reason = gone.find((shard) => shard.last_disconnect)?.last_disconnect.reason;
  return `${phaseWord(status.status)}.${count}${reason ? ` ${plain(reason).replace(/\.?$/, '.')}` : ''}`;
}

/** What is going to happen to a shard: "Attempt 3 resumes in 4 s." */
export function next(shard, now) {
  const attempt = `Attempt ${Math.max(1, shard.attempts)}`;
  if (shard.next_attempt) {
    const left = Date.parse(shard.next_attempt.at) - now;
    const how = shard.next_attempt.recovery === 'resume' ? 'resumes' : 'begins a new session';
    return left > 0 ? `${attempt} ${how} in ${duration(Math.ceil(left / 1_000) * 1_000)}.` : `${attempt} is due.`;
  }
  return `${attempt} is under way.`;
}

/** Without what the operating system's calls are named by: "recvAddress(..) failed with error(-104): ". */
const plain = (text) => text.replace(/\b\w+\(\.\.\) failed with error\(-?\d+\): /g, '');

const whole = (ms) => Math.floor(ms / 1_000) * 1_000;

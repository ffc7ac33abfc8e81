/** Numbers, times and causes in words. Pure. */

const PHASES = {
  connected: 'Connected',
  starting: 'Starting',
  connecting: 'Connecting',
  resuming: 'Resuming',
  reconnecting: 'Reconnecting',
  disconnected: 'Disconnected',
  stopped: 'Stopped',
};

const BLAME = { discord: 'Discord', network: 'Network', us: 'Us', unknown: 'Unclear' };

export const phaseWord = (phase) => PHASES[phase] ?? phase;
export const blameWord = (blame) => BLAME[blame] ?? blame;

/** The four states a reader has to tell apart: ok, busy (it heals itself), down (a person is needed), unknown. */
export function stateOf(phase) {
  if (phase === 'connected') return 'ok';
  return phase === 'stopped' ? 'down' : phase in PHASES ? 'busy' : 'unknown';
}

export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

export const number = (value) => value.toLocaleString('en');

/** Milliseconds in the two largest units that matter: 80 ms, 4.2 s, 12 min, 3 h 12 min, 4 d 3 h. */
export function duration(ms) {
  if (ms < 0) return '0 s';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 600) return seconds % 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${seconds / 60} min`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 && days < 30 ? `${days} d ${hours % 24} h` : `${days} d`;
}

/** How long ago, in whole units: just now, 4 s ago. */
export function ago(ms) {
  return ms < 1_000 ? 'just now' : `${duration(Math.floor(ms / 1_000) * 1_000)} ago`;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** 14:02, or with its day when that is not the reader's: 3 Nov 14:02. */
export function time(at, now = Date.now(), options = CLOCK) {
  const date = new Date(at);
  const clock = date.toLocaleTimeString('en-GB', options);
  if (date.toDateString() === new Date(now).toDateString()) return clock;
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return `${day(date, sameYear)} ${clock}`;
}

export const timeWithSeconds = (at, now) => time(at, now, { ...CLOCK, second: '2-digit' });

export function day(at, short = true) {
  return new Date(at).toLocaleDateString('en-GB',
    short ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' });
}

export const weekday = (at) =>
  new Date(at).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** Never rounded up to 100. */
export function percent(value) {
  if (value === null || value === undefined) return 'unknown';
  if (value >= 100) return '100 %';
  const digits = value >= 99 ? 3 : value >= 10 ? 1 : 2;
  const factor = 10 ** digits;
  return `${(Math.floor(value * factor) / factor).toFixed(digits)} %`;
}

export const millis = (value) => (value === null || value === undefined ? 'unknown' : `${number(Math.round(value * 10) / 10)} ms`);

/** What a fact says, in one line. */
export function factWords(fact) {
  const attempt = fact.attempt ? `attempt ${fact.attempt}` : 'attempt';
  switch (fact.kind) {
    case 'started': return 'Supervision started';
    case 'attempt_started':
      return `${capital(attempt)}: ${fact.recovery === 'resume' ? 'resuming the session' : 'a new session'}`
        + (fact.endpoint === 'resume_url' ? ' at the resume address' : '');
    case 'hello_received': return 'Discord said HELLO';
    case 'identified': return 'IDENTIFY sent, one of the day\u2019s budget';
    case 'connected': return 'Connected with a new session (READY)';
    case 'resumed': return `Resumed, ${plural(fact.replayed ?? 0, 'missed event')} replayed`;
    case 'disconnected': return `Connection lost: ${fact.message ?? fact.cause}`;
    case 'attempt_failed': return `${capital(attempt)} failed: ${fact.message ?? fact.cause}`;
    case 'plan_made':
      return `Plan: ${fact.recovery === 'stop' ? 'stop' : fact.recovery === 'resume' ? 'resume' : 'new session'}`
        + (fact.recovery === 'stop' ? '' : fact.duration_seconds > 0 ? ` in ${duration(fact.duration_seconds * 1_000)}` : ' at once')
        + (fact.message ? `: ${fact.message}` : '');
    case 'exhausted': return `${plural(fact.attempt ?? 0, 'attempt')} failed in a row`;
    case 'stopped': return `Stopped: ${fact.message ?? fact.cause}`;
    case 'retired': return 'No longer run by this process';
    case 'error_occurred': return `Error: ${fact.message ?? fact.cause}`;
    case 'budget_counted': return fact.message ?? 'IDENTIFY budget counted';
    case 'disagreement_found': return fact.message ?? 'Snapshot and socket disagree';
    case 'status_page_read': return `Discord\u2019s status page: ${fact.message ?? ''}`;
    default: return fact.message ?? fact.kind.replaceAll('_', ' ');
  }
}

/** How good or bad a fact is. */
export function factState(kind) {
  if (kind === 'connected' || kind === 'resumed') return 'ok';
  if (kind === 'stopped' || kind === 'exhausted') return 'down';
  if (['disconnected', 'attempt_failed', 'error_occurred', 'disagreement_found', 'process_paused', 'clock_set'].includes(kind)) return 'busy';
  return 'plain';
}

/** A cause such as name_resolution in words. */
export function causeWords(cause) {
  const words = {
    closed: 'Closed by Discord',
    closed_without_code: 'Closed without a code',
    connection_lost: 'Connection reset',
    reconnect_requested: 'Discord asked for a reconnect',
    session_interrupted: 'Session interrupted by Discord',
    session_invalidated: 'Session ended by Discord',
    name_resolution: 'Name not resolved',
    connect: 'No TCP connection',
    tls: 'TLS failed',
    upgrade: 'WebSocket refused',
    hello_timeout: 'No HELLO in time',
    ready_timeout: 'No READY in time',
    resumed_timeout: 'No RESUMED in time',
    zombie: 'Heartbeats unanswered',
    protocol: 'Unreadable message',
    unauthorized: 'Token refused',
    rate_limited: 'Rate limited',
    http_status: 'Discord\u2019s API failed',
    http_timeout: 'Discord\u2019s API silent',
    budget: 'IDENTIFY budget spent',
    process_down: 'Gatewatch did not run',
    operator: 'Asked for by an operator',
    shutdown: 'Gatewatch was shut down',
    internal: 'A defect of Gatewatch',
    configuration: 'A wrong setting',
  };
  return words[cause] ?? capital(cause.replaceAll('_', ' '));
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

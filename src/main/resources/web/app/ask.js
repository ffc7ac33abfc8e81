/** Asks the reader for the read token. */
import { byId, say } from './dom.js';

/** Shows the question; resolves to the token. */
export function askForToken(wrong) {
  const dialog = byId('ask');
  const field = byId('ask-token');
  say(byId('ask-why'), wrong
    ? 'That token was not the right one. GATEWATCH_READ_TOKEN has it.'
    : 'Reading it needs the read token, GATEWATCH_READ_TOKEN. It is kept in this tab until you close it, and sent to nobody else.');
  field.value = '';
  dialog.showModal();
  return new Promise((resolve) => {
    const stay = (event) => event.preventDefault(); // without the token there is nothing to go back to
    dialog.addEventListener('cancel', stay);
    byId('ask-form').addEventListener('submit', () => {
      dialog.removeEventListener('cancel', stay);
      resolve(field.value.trim());
    }, { once: true });
  });
}

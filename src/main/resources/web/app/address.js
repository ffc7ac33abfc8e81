/** The reader's choices, kept in the page's address so that a view can be linked. */

/** The choice of this name in the address, or null. */
export const linked = (name) => new URLSearchParams(location.search).get(name);

/** Puts a choice into the address; null takes it out. */
export function link(name, value) {
  const parameters = new URLSearchParams(location.search);
  if (value === null || value === '') parameters.delete(name);
  else parameters.set(name, value);
  const search = parameters.toString();
  history.replaceState(null, '', `${location.pathname}${search ? `?${search}` : ''}${location.hash}`);
}

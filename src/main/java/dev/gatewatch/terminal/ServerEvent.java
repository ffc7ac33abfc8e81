package dev.gatewatch.terminal;

/**
 * A server-sent event.
 *
 * @param id the stream's last event id, empty before the first
 * @param name its kind; {@code message} when the stream does not say
 * @param data its lines, joined by line feeds
 */
record ServerEvent(String id, String name, String data) {}

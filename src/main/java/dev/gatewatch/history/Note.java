package dev.gatewatch.history;

import java.time.Instant;

/**
 * What an operator has to say about an incident.
 *
 * @param id unique, later ones sort later
 * @param incident the incident's id
 * @param at when it was written
 * @param author who wrote it, as they say
 * @param text what they wrote
 */
public record Note(String id, String incident, Instant at, String author, String text) {}

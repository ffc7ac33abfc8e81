package dev.gatewatch.api;

/**
 * The JSON of an answer.
 *
 * @param status the HTTP status code
 */
record AnswerBody(int status, String json) {}

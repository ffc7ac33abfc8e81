package dev.gatewatch.api;

import java.nio.charset.StandardCharsets;

/**
 * JSON that is written already.
 *
 * @param status the HTTP status code
 * @param utf8 the JSON's bytes; nobody writes to them
 */
record AnswerBody(int status, byte[] utf8) {

    AnswerBody(int status, String json) {
        this(status, json.getBytes(StandardCharsets.UTF_8));
    }

    String json() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

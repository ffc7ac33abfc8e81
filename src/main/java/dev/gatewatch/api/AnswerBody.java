package dev.gatewatch.api;

import io.vertx.core.buffer.Buffer;

/**
 * JSON that is written already.
 *
 * @param status the HTTP status code
 * @param utf8 the JSON's bytes; nobody writes to them, and any number of answers may send them at a time
 */
record AnswerBody(int status, Buffer utf8) {

    AnswerBody(int status, String json) {
        this(status, Buffer.buffer(json));
    }

    String json() {
        return utf8.toString();
    }
}

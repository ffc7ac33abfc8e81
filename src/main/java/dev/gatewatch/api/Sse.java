package dev.gatewatch.api;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Writes server-sent events. See [HTML Living Standard/Server-sent events]. */
final class Sse {

    /** Media type. */
    static final String MEDIA_TYPE = "text/event-stream";

    private Sse() {}

    /** An event; its data has no line breaks, as JSON without indentation has none. */
    static Buffer event(String name, @Nullable String id, String data) {
        StringBuilder text = new StringBuilder(data.length() + 64);
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        text.append("event: ").append(name).append('\n');
        return Buffer.buffer(text.append("data: ").append(data).append("\n\n").toString());
    }

    /** A line that readers skip. */
    static Buffer comment(String words) {
        return Buffer.buffer(": " + words + "\n\n");
    }

    /** The same with an id to come back with, until an event brings another. */
    static Buffer begin(int millis, String id) {
        return Buffer.buffer("retry: " + millis + "\nid: " + id + "\n\n");
    }

    /** After how many milliseconds to come back when the stream has ended. */
    static Buffer retry(int millis) {
        return Buffer.buffer("retry: " + millis + "\n\n");
    }
}

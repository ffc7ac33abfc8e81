package dev.gatewatch.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the bytes of an event stream into events, wherever the bytes are divided. Not safe for use by several threads.
 *
 * <p>See [HTML Living Standard/Server-sent events/Parsing an event stream].
 */
final class EventStreamParser {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private final List<ServerEvent> complete = new ArrayList<>();
    private String id = "";
    private String name = "";
    private boolean afterReturn;
    private boolean first = true;

    /** The events that are complete with these bytes, in order. */
    List<ServerEvent> feed(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterReturn) {
                afterReturn = false; // the second half of CR LF
            } else if (b == '\n' || b == '\r') {
                afterReturn = b == '\r';
                endOfLine();
            } else {
                afterReturn = false;
                line.write(b);
            }
        }
        List<ServerEvent> events = List.copyOf(complete);
        complete.clear();
        return events;
    }

    private void endOfLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        first = false;
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        take(field, value.startsWith(" ") ? value.substring(1) : value);
    }

    private void take(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            default -> {} // a comment, the time to come back, or what a later standard adds
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            complete.add(new ServerEvent(id, name.isEmpty() ? "message" : name, data.toString()));
            data.setLength(0);
        }
        name = "";
    }
}

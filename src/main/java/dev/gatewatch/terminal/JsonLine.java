package dev.gatewatch.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/** An observation as one line of JSON. */
final class JsonLine {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonLine() {}

    static String of(Observation seen, ServerAddress address, int failures, Instant now) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, seen, address, failures, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string never fails
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Observation seen, ServerAddress address, int failures, Instant now)
            throws IOException {
        Judgement judgement = seen.judgement();
        json.writeStartObject();
        json.writeStringField("time", now.toString());
        json.writeStringField("url", address.toString());
        json.writeStringField("result", judgement.state().word());
        json.writeNumberField("exit_code", judgement.state().exitCode());
        json.writeStringField("reason", judgement.reason());
        json.writeNumberField("failures", failures);
        Trouble trouble = seen.trouble();
        json.writeStringField("trouble", trouble == null ? null : trouble.kind().word());
        json.writeStringField("database", seen.database());
        json.writeFieldName("discord_status");
        if (seen.reading() == null) {
            json.writeNull();
        } else {
            try (JsonParser answer = JSON.createParser(seen.reading().json())) {
                answer.nextToken();
                json.copyCurrentStructure(answer);
            }
        }
        json.writeEndObject();
    }
}

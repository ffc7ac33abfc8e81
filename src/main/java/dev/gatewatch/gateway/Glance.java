package dev.gatewatch.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a payload is about, told from its tokens in one pass: nothing of its data is built, however large it is.
 *
 * <p>The whole payload is read, so that what is not JSON shows. See [Discord Docs/Gateway Events/Payload Structure].
 *
 * @param op the opcode, -1 when there is none
 * @param sequence the sequence number, null but with dispatches
 * @param type the event's name, null but with dispatches
 * @param id what the data calls {@code id}: with guild events the guild's; 0 when there is none
 * @param guild what the data calls {@code guild_id}; 0 when there is none
 * @param members what the data calls {@code member_count}; 0 when there is none
 * @param unavailable whether the data says so
 * @param guilds the ids of what the data calls {@code guilds}: READY's
 */
record Glance(
        int op,
        @Nullable Integer sequence,
        @Nullable String type,
        long id,
        long guild,
        long members,
        boolean unavailable,
        List<Long> guilds) {

    /** The opcode of a dispatch; see [Discord Docs/Opcodes and Status Codes/Gateway]. */
    static final int DISPATCH = 0;

    /**
     * Reads a payload.
     *
     * @param json UTF-8
     * @return null when it is JSON, but no object
     * @throws IOException when it is not JSON
     */
    static @Nullable Glance at(JsonFactory factory, byte[] json) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return null;
            }
            Draft draft = new Draft();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                draft.field(field, parser.nextToken(), parser);
                parser.skipChildren();
            }
            return draft.glance();
        }
    }

    boolean isDispatch() {
        return op == DISPATCH;
    }

    private static final class Draft {

        private int op = -1;
        private @Nullable Integer sequence;
        private @Nullable String type;
        private long id;
        private long guild;
        private long members;
        private boolean unavailable;
        private List<Long> guilds = List.of();

        void field(String name, JsonToken value, JsonParser parser) throws IOException {
            switch (name) {
                case "op" -> op = isInt(value, parser) ? parser.getIntValue() : -1;
                case "s" -> sequence = isInt(value, parser) ? parser.getIntValue() : null;
                case "t" -> type = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "d" -> {
                    if (value == JsonToken.START_OBJECT) {
                        data(parser);
                    }
                }
                default -> {}
            }
        }

        private void data(JsonParser parser) throws IOException {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "id" -> id = snowflake(parser);
                    case "guild_id" -> guild = snowflake(parser);
                    case "member_count" -> members = isInt(value, parser) ? parser.getIntValue() : 0;
                    case "unavailable" -> unavailable = value == JsonToken.VALUE_TRUE;
                    case "guilds" -> guilds = value == JsonToken.START_ARRAY ? ids(parser) : guilds;
                    default -> parser.skipChildren();
                }
                parser.skipChildren();
            }
        }

        private static List<Long> ids(JsonParser parser) throws IOException {
            List<Long> ids = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    boolean isId = parser.currentName().equals("id");
                    parser.nextToken();
                    long id = isId ? snowflake(parser) : 0;
                    if (id != 0) {
                        ids.add(id);
                    }
                    parser.skipChildren();
                }
            }
            return ids;
        }

        private static boolean isInt(JsonToken value, JsonParser parser) throws IOException {
            return value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT;
        }

        /** An id, which JSON carries as text; 0 when it is none. */
        private static long snowflake(JsonParser parser) throws IOException {
            return parser.getValueAsLong(0);
        }

        Glance glance() {
            return new Glance(op, sequence, type, id, guild, members, unavailable, guilds);
        }
    }
}

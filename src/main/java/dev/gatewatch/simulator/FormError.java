package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A field of a request body that Discord does not take.
 *
 * @param path the way to it, such as {@code embeds.0.title}
 * @param code what is wrong, such as {@code BASE_TYPE_REQUIRED}
 */
record FormError(String path, String code, String message) {

    static FormError required(String path) {
        return new FormError(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    static FormError tooLong(String path, int most) {
        return new FormError(path, "BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.");
    }

    static FormError badLength(String path, int least, int most) {
        return new FormError(path, "BASE_TYPE_BAD_LENGTH", "Must be between " + least + " and " + most + " in length.");
    }

    FormError under(String parent) {
        return new FormError(parent + "." + path, code, message);
    }

    /** Error 50035. See [Discord Docs/Reference/Error Messages]. */
    Reply reply() {
        ObjectNode body = Json.object().put("message", "Invalid Form Body").put("code", 50035);
        ObjectNode at = body.putObject("errors");
        for (String name : path.split("\\.")) {
            at = at.putObject(name);
        }
        at.putArray("_errors").addObject().put("code", code).put("message", message);
        return Reply.json(400, body);
    }
}

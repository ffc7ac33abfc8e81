package dev.gatewatch.api;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The JSON of every error, for answers that no REST resource gives. */
final class JsonError {

    private JsonError() {}

    static void send(HttpServerResponse response, int status, String message) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("status", status)
                        .put("message", message)
                        .encode());
    }
}
